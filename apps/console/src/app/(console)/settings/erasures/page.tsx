import type { Metadata } from 'next';
import { ErasuresTab } from '../../../../features/settings/erasures/erasures-tab.tsx';

export const metadata: Metadata = { title: 'Erasures' };

export default function Page() {
  return <ErasuresTab />;
}
