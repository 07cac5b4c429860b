import type { Metadata } from 'next';
import { EditPresetPage } from '../../../../../features/presets/edit-preset-page.tsx';

export const metadata: Metadata = { title: 'Edit the preset' };

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  return <EditPresetPage name={(await params).name} />;
}
