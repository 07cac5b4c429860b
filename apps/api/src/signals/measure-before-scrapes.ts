import { measurePool } from '@transcode/db';
import { measure, type Metrics } from '@transcode/telemetry';
import type { Redis } from 'ioredis';
import type { Services } from '../context.ts';
import { measureBackups } from './measure-backups.ts';
import { measureCopies } from './measure-copies.ts';
import { measureRows } from './measure-rows.ts';
import { measureDatabase, measureStores, redisMeasure } from './measure-stores.ts';
import { measureWork } from './measure-work.ts';
import { rested } from './rested.ts';

interface Measured {
  readonly services: Services;
  /** The connection that counts; any would do. */
  readonly redis: Redis;
  readonly isElected: () => boolean;
}

const WORK = ['tasksWaiting', 'classDemandTasks', 'tasksOldestSeconds', 'workers'] as const;
const ROWS = ['jobs', 'uploadsReceiving', 'outboxPending', 'outboxOldestSeconds', 'storedBytes'] as const;
const DATABASE = ['databaseServerConnections', 'databaseServerConnectionsMost', 'databaseSizeBytes'] as const;
const STORES = ['databaseUp', 'redisUp', 'storageUp', 'storageFreeBytes', 'storageSizeBytes'] as const;
const COPIES = [
  'copyLagSeconds',
  'copyWaitingObjects',
  'copyWaitingBytes',
  'copyFailedObjects',
  'copyStoreUp',
] as const;
const REDIS = ['redisMemoryBytes', 'redisMemoryLimitBytes'] as const;

/** Has looked up before each scrape what nothing tells by itself. */
export function measureBeforeScrapes(metrics: Metrics, { services, redis, isElected }: Measured): void {
  const { db, backups, copier } = services;
  metrics.beforeScrape({ at: rested(() => measureWork(db)), tells: WORK });
  metrics.beforeScrape({ at: rested(() => measureRows(db)), tells: ROWS });
  metrics.beforeScrape({ at: rested(() => measureDatabase(db)), tells: DATABASE });
  metrics.beforeScrape({ at: () => measureStores(services), tells: STORES });
  metrics.beforeScrape({ at: redisMeasure(redis), tells: REDIS });
  if (backups !== undefined) metrics.beforeScrape({ at: () => measureBackups(backups.reader, backups), tells: [] });
  if (copier !== undefined) metrics.beforeScrape({ at: rested(() => measureCopies(db, copier.mode)), tells: COPIES });
  metrics.beforeScrape({
    at: () => {
      measurePool(db);
      measure.set('reconcilerElected', {}, Number(isElected()));
    },
    tells: [],
  });
  // None yet, and not unknown.
  measure.add('httpRequestsInFlight', {}, 0);
  measure.add('eventStreams', {}, 0);
}
