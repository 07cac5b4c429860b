import type { Metadata } from 'next';
import { VideoPage } from '../../../../features/video/video-page.tsx';

export const metadata: Metadata = { title: 'Video' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <VideoPage id={(await params).id} />;
}
