import { createDatabase, type Database } from '@transcode/db';
import { readSecrets } from './data-folder/secrets.ts';
import { readLiveState } from './data-folder/state.ts';
import { Refusal } from './refusal.ts';
import { databaseUrl } from './supervisor/services.ts';
import type { DataFolder } from './data-folder/data-folder.ts';

/** The database of the installation that runs on the folder: whoever may read its secrets may also do this. */
export async function withLocalDatabase<T>(folder: DataFolder, work: (db: Database) => Promise<T>): Promise<T> {
  const state = await readLiveState(folder.state);
  const port = state?.children.find(({ name }) => name === 'postgres')?.ports.http;
  const secrets = await readSecrets(folder.secrets);
  if (state?.phase !== 'running' || port === undefined || secrets === undefined) {
    throw new Refusal(`Transcode is not running on ${folder.path}. Start it with ./transcode up.`);
  }
  const db = createDatabase(databaseUrl({ secrets }, port), { poolSize: 1 });
  try {
    return await work(db);
  } finally {
    await db.$disconnect();
  }
}
