import type { Metadata } from 'next';
import { OverviewPage } from '../../../features/overview/overview-page.tsx';
import { ForRole } from '../../../features/shell/for-role.tsx';

export const metadata: Metadata = { title: 'Overview' };

export default function Page() {
  return (
    <ForRole role="operator">
      <OverviewPage />
    </ForRole>
  );
}
