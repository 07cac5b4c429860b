import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { openBackupStore } from '@transcode/backup';
import { readSettings, SETTINGS, type SettingsOf } from '@transcode/contracts/settings';
import { openNamedStorage, type Storage } from '@transcode/storage';
import { Refusal } from '../refusal.ts';
import type { Context } from '../context.ts';
import type { DataFolder } from '../data-folder/data-folder.ts';

type BackupSettings = SettingsOf<'backup'>;

/** Where backups are, as the options and the environment say. */
export interface BackupPlace {
  settings: BackupSettings;
  /** `file:///…` or `s3://…` */
  url: string;
  store: Storage;
  /** Nobody has said where, so they are on the disk that they are to protect. */
  isOwnDisk: boolean;
}

/** Opens the store of backups for as long as something is done with it. */
export async function withBackupPlace<T>(
  { env }: Pick<Context, 'env'>,
  folder: DataFolder,
  given: string | undefined,
  work: (place: BackupPlace) => Promise<T>,
): Promise<T> {
  const settings = settingsIn(env);
  const named = given ?? settings.BACKUP_URL;
  const url = named ?? pathToFileURL(folder.backups).href;
  const store = open(url, settings);
  try {
    return await work({ settings, url, store, isOwnDisk: named === undefined });
  } finally {
    await store.close();
  }
}

/** Where the objects are that rows name. */
export function openMedia(settings: BackupSettings, url: string): Storage {
  return openNamedStorage({ ...settings, STORAGE_URL: url });
}

/** Private keys of age, a line each; comments and empty lines are left out. */
export async function readIdentities(path: string | undefined): Promise<string[]> {
  if (path === undefined) return [];
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Refusal(`The private key cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, {
      cause,
    });
  });
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

/** Names of what was set, for whoever has to set it again somewhere else. */
export function namesOfSettings(env: Context['env']): string[] {
  return Object.keys(SETTINGS).filter((name) => (env[name] ?? '') !== '');
}

function open(url: string, settings: BackupSettings): Storage {
  try {
    return openBackupStore(url, settings);
  } catch (cause) {
    throw new Refusal(`Backups cannot be at ${url}. Give s3://bucket/prefix or file:///folder.`, { cause });
  }
}

function settingsIn(env: Context['env']): BackupSettings {
  try {
    return readSettings('backup', env);
  } catch (cause) {
    throw new Refusal(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
