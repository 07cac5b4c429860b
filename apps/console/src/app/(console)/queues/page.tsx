import type { Metadata } from 'next';
import { QueuesPage } from '../../../features/queues/queues-page.tsx';
import { ForRole } from '../../../features/shell/for-role.tsx';

export const metadata: Metadata = { title: 'Queues' };

export default function Page() {
  return (
    <ForRole role="operator">
      <QueuesPage />
    </ForRole>
  );
}
