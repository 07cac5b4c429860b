import { Door } from '../features/auth/door.tsx';

export default function NotFound() {
  return (
    <Door title="There is no such page">
      <p className="text-ink-2">The address may be old, or mistyped.</p>
      {/* oxlint-disable-next-line next/no-html-link-for-pages -- every page carries this one: a plain link costs the others nothing */}
      <a href="/" className="self-start text-accent underline underline-offset-4">
        Go to the videos
      </a>
    </Door>
  );
}
