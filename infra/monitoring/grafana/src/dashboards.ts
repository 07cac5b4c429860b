import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { gpu } from './gpu/gpu.ts';
import { jobs } from './jobs/jobs.ts';
import { slo } from './slo/slo.ts';
import { storageDatabase } from './storage-database/storage-database.ts';
import { systemOverview } from './system-overview/system-overview.ts';
import { uploadsDelivery } from './uploads-delivery/uploads-delivery.ts';

/** Every dashboard; each is written to a file that is named as its uid ends. */
export function dashboards(): Dashboard[] {
  return [systemOverview(), jobs(), gpu(), storageDatabase(), slo(), uploadsDelivery()];
}
