import type { Metadata } from 'next';
import { SharedPage } from '../../../features/share/shared-page.tsx';

export const metadata: Metadata = { title: 'Video', robots: { index: false, follow: false }, referrer: 'no-referrer' };

/** The same as a share link shows, for a frame in a page elsewhere. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  return <SharedPage token={(await params).token} embedded />;
}
