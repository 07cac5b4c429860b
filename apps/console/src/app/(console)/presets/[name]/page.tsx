import type { Metadata } from 'next';
import { PresetPage } from '../../../../features/presets/preset-page.tsx';

export const metadata: Metadata = { title: 'Preset' };

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  return <PresetPage name={(await params).name} />;
}
