import type { Metadata } from 'next';
import { KeysTab } from '../../../../features/settings/keys/keys-tab.tsx';

export const metadata: Metadata = { title: 'API keys' };

export default function Page() {
  return <KeysTab />;
}
