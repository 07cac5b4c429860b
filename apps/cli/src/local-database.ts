import { createDatabase, type Database } from '@transcode/db';
import { readSecrets } from './data-folder/secrets.ts';
import { readLiveState } from './data-folder/state.ts';
import { Refusal } from './refusal.ts';
import { databaseUrl, redisUrl } from './supervisor/services.ts';
import type { DataFolder } from './data-folder/data-folder.ts';

export interface LocalInstallation {
  readonly db: Database;
  readonly redisUrl: string;
}

/** Runs something with an installation, however that is found. */
export type WithInstallation = <T>(work: (installation: LocalInstallation) => Promise<T>) => Promise<T>;

/** What the installation that runs on the folder stands on: whoever may read its secrets may also do this. */
export async function withLocalInstallation<T>(
  folder: DataFolder,
  work: (installation: LocalInstallation) => Promise<T>,
): Promise<T> {
  const state = await readLiveState(folder.state);
  const portOf = (program: string) => state?.children.find(({ name }) => name === program)?.ports.http;
  const [postgres, redis] = [portOf('postgres'), portOf('redis')];
  const secrets = await readSecrets(folder.secrets);
  if (state?.phase !== 'running' || postgres === undefined || redis === undefined || secrets === undefined) {
    throw new Refusal(`Transcode is not running on ${folder.path}. Start it with ./transcode up.`);
  }
  const db = createDatabase(databaseUrl({ secrets }, postgres), { poolSize: 1 });
  try {
    return await work({ db, redisUrl: redisUrl({ secrets }, redis) });
  } finally {
    await db.$disconnect();
  }
}
