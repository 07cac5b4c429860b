import type { Metadata } from 'next';
import { BackupsPage } from '../../../features/backups/backups-page.tsx';
import { ForRole } from '../../../features/shell/for-role.tsx';

export const metadata: Metadata = { title: 'Backups' };

export default function Page() {
  return (
    <ForRole role="admin">
      <BackupsPage />
    </ForRole>
  );
}
