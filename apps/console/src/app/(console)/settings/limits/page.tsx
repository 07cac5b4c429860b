import type { Metadata } from 'next';
import { LimitsTab } from '../../../../features/settings/limits/limits-tab.tsx';

export const metadata: Metadata = { title: 'Limits and retention' };

export default function Page() {
  return <LimitsTab />;
}
