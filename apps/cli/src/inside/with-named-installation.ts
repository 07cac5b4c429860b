import { createDatabase } from '@transcode/db';
import type { LocalInstallation } from '../local-database.ts';

/** An installation whose Postgres and Redis the environment names, as in a cluster. */
export async function withNamedInstallation<T>(
  { databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string },
  work: (installation: LocalInstallation) => Promise<T>,
): Promise<T> {
  const db = createDatabase(databaseUrl, { poolSize: 1 });
  try {
    return await work({ db, redisUrl });
  } finally {
    await db.$disconnect();
  }
}
