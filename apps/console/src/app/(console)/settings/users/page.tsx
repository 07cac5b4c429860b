import type { Metadata } from 'next';
import { UsersTab } from '../../../../features/settings/users/users-tab.tsx';

export const metadata: Metadata = { title: 'Users' };

export default function Page() {
  return <UsersTab />;
}
