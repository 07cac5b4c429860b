import { backUpRedis } from '@transcode/backup';
import { readSettings } from '@transcode/contracts/settings';
import { findServers } from '@transcode/servers';
import { dirname } from 'node:path';
import { toldOfRedis } from '../backups/in-words.ts';
import { listBackups, makeAndTell } from '../backups/make-and-tell.ts';
import { stopSignals } from '../stop-signals.ts';
import { settingsIn, withNamedStore } from './named-store.ts';
import type { Context } from '../context.ts';

/** Backs up the database that the environment names; needs neither Redis nor API. Ends with 0 only for one that was restored and lacks nothing. */
export async function backUpPostgres(context: Context): Promise<number> {
  const { DATABASE_URL, STORAGE_URL, SCRATCH_DIR } = settingsIn(context, (env) => readSettings('postgres-backup', env));
  const { postgresBin } = await findServers(context);
  return untilStopped(context, (signal) =>
    withNamedStore(context, SCRATCH_DIR, (place) =>
      makeAndTell(context, place, {
        ...{ databaseUrl: DATABASE_URL, storageUrl: STORAGE_URL, bin: postgresBin, scratch: SCRATCH_DIR },
        ...{ reason: 'schedule', signal },
      }),
    ),
  );
}

/** Backs up the Redis that the environment names; needs neither Postgres nor API. Ends with 0 only for what was loaded. */
export async function backUpNamedRedis(context: Context): Promise<number> {
  const { REDIS_URL, SCRATCH_DIR } = settingsIn(context, (env) => readSettings('redis-backup', env));
  const { redisServer } = await findServers(context);
  return untilStopped(context, (signal) =>
    withNamedStore(context, SCRATCH_DIR, async ({ settings, store }) => {
      const made = await backUpRedis({
        ...{ store, redisUrl: REDIS_URL, bin: dirname(redisServer), scratch: SCRATCH_DIR, signal },
        ...{ recipients: settings.BACKUP_RECIPIENTS, keptDays: settings.BACKUP_KEPT_DAYS },
        ...{ product: context.version, say: context.say },
      });
      for (const line of toldOfRedis(made)) context.print(line);
      return 0;
    }),
  );
}

/** Tells which backups of Postgres there are, and which count. */
export async function listNamedBackups(context: Context): Promise<number> {
  await withNamedStore(context, '/', (place) => listBackups(context, place));
  return 0;
}

export async function untilStopped<T>(context: Context, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = stopSignals(() => context.say('Stopping …'));
  try {
    return await work(stop.signal);
  } finally {
    stop.dispose();
  }
}
