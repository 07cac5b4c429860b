import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardOf } from '../frame/dashboard.ts';
import { errors } from './errors.ts';
import { health } from './health.ts';
import { processes } from './processes.ts';
import { queue } from './queue.ts';
import { requests } from './requests.ts';
import { upkeep } from './upkeep.ts';
import { workers } from './workers.ts';

export function systemOverview(): Dashboard {
  return dashboardOf({
    name: 'system-overview',
    title: 'System overview',
    answers:
      'Is Transcode well, and if not, which part is it? Begin here; each panel says what is good and where to go on.',
    from: 'now-6h',
    rows: [health(), requests(), queue(), workers(), errors(), upkeep(), processes()],
  });
}
