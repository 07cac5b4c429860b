import type { Metadata } from 'next';
import { AccountTab } from '../../../../features/settings/account/account-tab.tsx';

export const metadata: Metadata = { title: 'Account and sessions' };

export default function Page() {
  return <AccountTab />;
}
