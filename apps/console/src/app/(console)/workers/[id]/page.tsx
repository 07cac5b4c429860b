import type { Metadata } from 'next';
import { ForRole } from '../../../../features/shell/for-role.tsx';
import { WorkerPage } from '../../../../features/workers/worker-page.tsx';

export const metadata: Metadata = { title: 'Worker' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <ForRole role="operator">
      <WorkerPage id={decodeURIComponent(id)} />
    </ForRole>
  );
}
