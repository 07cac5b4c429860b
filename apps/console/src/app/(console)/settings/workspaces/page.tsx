import type { Metadata } from 'next';
import { WorkspacesTab } from '../../../../features/settings/workspaces/workspaces-tab.tsx';

export const metadata: Metadata = { title: 'Workspaces' };

export default function Page() {
  return <WorkspacesTab />;
}
