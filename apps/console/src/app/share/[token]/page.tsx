import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { Door } from '../../../features/auth/door.tsx';
import { SharedScreen } from '../../../features/share/shared-screen.tsx';
import { ApiProvider } from '../../../lib/api-provider.tsx';
import { explain } from '../../../lib/explain.ts';
import { createApi } from '../../../server/api.ts';

export const metadata: Metadata = { title: 'Video', robots: { index: false, follow: false }, referrer: 'no-referrer' };

/** For whoever was given the link: the one video, without an account. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const caller = (await headers()).get('x-forwarded-for');
  const opened = await open(token, caller);
  if ('sentence' in opened) {
    return (
      <Door title={opened.ended ? 'This link does not play any more' : 'The video cannot be shown'}>
        <p className="text-ink-2">{opened.sentence}</p>
      </Door>
    );
  }
  return (
    <ApiProvider>
      <SharedScreen video={opened.video} />
    </ApiProvider>
  );
}

async function open(token: string, caller: string | null) {
  try {
    // On behalf of who asks: each is limited by their own address.
    const api = createApi(caller === null ? {} : { 'x-forwarded-for': caller });
    return { video: await api.shares.open.query({ token }) };
  } catch (error) {
    const { sentence, status } = explain(error);
    return { sentence, ended: status === 404 || status === 410 };
  }
}
