import type { Metadata } from 'next';
import { ForRole } from '../../../features/shell/for-role.tsx';
import { WorkersPage } from '../../../features/workers/workers-page.tsx';

export const metadata: Metadata = { title: 'Workers' };

export default function Page() {
  return (
    <ForRole role="operator">
      <WorkersPage />
    </ForRole>
  );
}
