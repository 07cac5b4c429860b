import { openShare } from '../../server/open-share.ts';
import { ApiProvider } from '../../lib/api-provider.tsx';
import { Door } from '../auth/door.tsx';
import { SharedScreen } from './shared-screen.tsx';

interface SharedPageProps {
  readonly token: string;
  readonly embedded?: boolean;
}

/** For whoever was given the link: the one video, without an account. */
export async function SharedPage({ token, embedded = false }: SharedPageProps) {
  const opened = await openShare(token);
  if ('sentence' in opened) {
    return (
      <Door title={opened.ended ? 'This link does not play any more' : 'The video cannot be shown'}>
        <p className="text-ink-2">{opened.sentence}</p>
      </Door>
    );
  }
  return (
    <ApiProvider>
      <SharedScreen video={opened.video} embedded={embedded} />
    </ApiProvider>
  );
}
