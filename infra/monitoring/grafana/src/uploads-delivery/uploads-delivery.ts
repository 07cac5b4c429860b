import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardOf } from '../frame/dashboard.ts';
import { delivery } from './delivery.ts';
import { live } from './live.ts';
import { uploads } from './uploads.ts';

export function uploadsDelivery(): Dashboard {
  return dashboardOf({
    name: 'uploads-delivery',
    title: 'Uploads and delivery',
    answers:
      'What comes in and what goes out: do uploads arrive whole, do players get what they ask for, are pages live?',
    from: 'now-6h',
    rows: [uploads(), delivery(), live()],
  });
}
