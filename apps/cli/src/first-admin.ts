import { ensureFirstAdmin } from '@transcode/api/local';
import { createDatabase } from '@transcode/db';
import type { Context } from './context.ts';

/** Makes the first admin of a new installation and tells the one-time password, which is shown this once and kept nowhere. */
export async function welcomeFirstAdmin(context: Context, databaseUrl: string): Promise<void> {
  const db = createDatabase(databaseUrl, { poolSize: 1 });
  try {
    const admin = await ensureFirstAdmin(db);
    if (admin === undefined) return;
    context.print(`Sign in as ${admin.email} with the one-time password ${admin.password}`);
  } finally {
    await db.$disconnect();
  }
}
