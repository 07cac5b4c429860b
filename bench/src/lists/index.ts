import { createDatabase } from '@transcode/db';
import { seedJobs } from './seed-jobs.ts';

/** A statement that makes a million rows takes its time. */
const SEED_MS = 3_600_000;

/** The same jobs in the database of an installation that runs. */
export async function seedJobsAt(databaseUrl: string, count: number): Promise<void> {
  const db = createDatabase(databaseUrl, { silentMs: SEED_MS });
  try {
    await seedJobs(db, count);
  } finally {
    await db.$disconnect();
  }
}
