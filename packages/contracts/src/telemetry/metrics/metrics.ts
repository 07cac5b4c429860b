import { BACKUP_METRICS } from './backups.ts';
import { CACHE_METRICS } from './caches.ts';
import { COPY_METRICS } from './copies.ts';
import { DATABASE_METRICS } from './database.ts';
import { DELIVERY_METRICS } from './delivery.ts';
import { ERROR_METRICS } from './errors.ts';
import { GPU_METRICS } from './gpus.ts';
import { HTTP_METRICS } from './http.ts';
import { JOB_METRICS } from './jobs.ts';
import type { Exporter, LabelsOf, MetricShape } from './metric-shape.ts';
import { QUALITY_METRICS } from './quality.ts';
import { REDIS_METRICS } from './redis.ts';
import { STORAGE_METRICS } from './storage.ts';
import { TRANSCODING_METRICS } from './transcoding.ts';
import { UPKEEP_METRICS } from './upkeep.ts';
import { UPLOAD_METRICS } from './uploads.ts';
import { WORKER_METRICS } from './workers.ts';

/** Every metric of ours: in base units, with labels of few values, and who exports it. Node.js's own are beside them. */
export const METRICS = {
  ...HTTP_METRICS,
  ...JOB_METRICS,
  ...WORKER_METRICS,
  ...TRANSCODING_METRICS,
  ...GPU_METRICS,
  ...STORAGE_METRICS,
  ...DATABASE_METRICS,
  ...REDIS_METRICS,
  ...CACHE_METRICS,
  ...QUALITY_METRICS,
  ...ERROR_METRICS,
  ...UPLOAD_METRICS,
  ...DELIVERY_METRICS,
  ...UPKEEP_METRICS,
  ...BACKUP_METRICS,
  ...COPY_METRICS,
} as const satisfies Readonly<Record<string, MetricShape>>;

export type MetricName = keyof typeof METRICS;
/** What each label of a metric may say. */
export type MetricLabels<Name extends MetricName> = LabelsOf<(typeof METRICS)[Name]>;
/** The metrics of a kind that a process exports. */
export type MetricOf<Kind extends MetricShape['kind'], From extends Exporter> = {
  [Name in MetricName]: (typeof METRICS)[Name] extends {
    readonly kind: Kind;
    readonly from: readonly (infer Process)[];
  }
    ? From extends Process
      ? Name
      : never
    : never;
}[MetricName];
