import type { Metadata } from 'next';
import { PresetsPage } from '../../../features/presets/presets-page.tsx';

export const metadata: Metadata = { title: 'Presets' };

export default function Page() {
  return <PresetsPage />;
}
