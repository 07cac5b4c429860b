import type { Metadata } from 'next';
import { AlertsTab } from '../../../../features/settings/alerts/alerts-tab.tsx';

export const metadata: Metadata = { title: 'Alerts' };

export default function Page() {
  return <AlertsTab />;
}
