import { measure } from '@transcode/telemetry';
import type { Database } from '@transcode/db';
import type { Redis } from 'ioredis';
import type { Services } from '../context.ts';
import { readiness } from '../http/readiness.ts';

/** Whether what the process stands on answers, and how much of it is used. */
export async function measureStores(services: Pick<Services, 'db' | 'queues' | 'storage'>): Promise<void> {
  const { checks } = await readiness(services);
  measure.set('databaseUp', {}, Number(checks.postgres.ok));
  measure.set('redisUp', {}, Number(checks.redis.ok));
  measure.set('storageUp', {}, Number(checks.storage.ok));
  const room = checks.storage.ok ? await services.storage.room() : undefined;
  if (room === undefined) {
    measure.forget('storageFreeBytes');
    measure.forget('storageSizeBytes');
    return;
  }
  measure.set('storageFreeBytes', {}, Math.max(0, room.freeBytes - room.reserveBytes));
  measure.set('storageSizeBytes', {}, room.totalBytes);
}

/** The server's own account, of all its clients together. */
export async function measureDatabase(db: Database): Promise<void> {
  const [row] = await db.$queryRaw<{ connections: number; most: number; bytes: bigint }[]>`
    SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE "backend_type" = 'client backend') AS "connections",
      current_setting('max_connections')::int AS "most", pg_database_size(current_database()) AS "bytes"`;
  if (row === undefined) return;
  measure.set('databaseServerConnections', {}, row.connections);
  measure.set('databaseServerConnectionsMost', {}, row.most);
  measure.set('databaseSizeBytes', {}, Number(row.bytes));
}

/** Answers what to call before each scrape: Redis counts evictions since its own start, so what is told is what was added. */
export function redisMeasure(redis: Redis): () => Promise<void> {
  let evicted = 0;
  return async () => {
    const info = `${await redis.info('memory')}\n${await redis.info('stats')}`;
    const of = (field: string): number => Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
    measure.set('redisMemoryBytes', {}, of('used_memory'));
    measure.set('redisMemoryLimitBytes', {}, of('maxmemory'));
    const count = of('evicted_keys');
    measure.count('redisEvictedKeys', {}, count < evicted ? count : count - evicted);
    evicted = count;
  };
}
