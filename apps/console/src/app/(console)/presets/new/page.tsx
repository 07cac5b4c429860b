import type { Metadata } from 'next';
import { NewPresetPage } from '../../../../features/presets/new-preset-page.tsx';

export const metadata: Metadata = { title: 'New preset' };

export default function Page() {
  return <NewPresetPage />;
}
