import type { Metadata } from 'next';
import { plainTitle } from '../../../features/share/plain-title.ts';
import { SharedPage } from '../../../features/share/shared-page.tsx';
import { openShare } from '../../../server/open-share.ts';

interface PageProps {
  readonly params: Promise<{ token: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const opened = await openShare((await params).token);
  const title = 'video' in opened ? plainTitle(opened.video.title) : 'Video';
  return { title, robots: { index: false, follow: false }, referrer: 'no-referrer' };
}

export default async function Page({ params }: PageProps) {
  return <SharedPage token={(await params).token} />;
}
