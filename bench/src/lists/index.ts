import { createDatabase } from '@transcode/db';
import { seedJobs } from './seed-jobs.ts';

/** The same jobs in the database of an installation that runs. */
export async function seedJobsAt(databaseUrl: string, count: number): Promise<void> {
  const db = createDatabase(databaseUrl);
  try {
    await seedJobs(db, count);
  } finally {
    await db.$disconnect();
  }
}
