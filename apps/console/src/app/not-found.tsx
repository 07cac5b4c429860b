import { Button } from '@transcode/ui';
import { Door } from '../features/auth/door.tsx';

/** Every page carries this one, so that it is made of what needs no script. */
export default function NotFound() {
  return (
    <Door title="There is no such page">
      <p className="text-ink-2">The address may be old, or mistyped.</p>
      <form action="/">
        <Button type="submit">Go to the videos</Button>
      </form>
    </Door>
  );
}
