import type { Metadata } from 'next';
import { VideosPage } from '../../features/videos/videos-page.tsx';

export const metadata: Metadata = { title: 'Videos' };

export default function Page() {
  return <VideosPage />;
}
