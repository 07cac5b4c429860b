import type { Metadata } from 'next';
import { GpusPage } from '../../../features/gpus/gpus-page.tsx';
import { ForRole } from '../../../features/shell/for-role.tsx';

export const metadata: Metadata = { title: 'GPUs' };

export default function Page() {
  return (
    <ForRole role="operator">
      <GpusPage />
    </ForRole>
  );
}
