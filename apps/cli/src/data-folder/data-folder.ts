import { chmod, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Refusal, systemCode } from '../refusal.ts';

/** The layout of a data folder. A folder of a newer layout is refused, so that an old program cannot harm it. */
const LAYOUT = 1;

/** Where an installation keeps everything. */
export interface DataFolder {
  path: string;
  lock: string;
  state: string;
  secrets: string;
  logs: string;
  clients: string;
  uploads: string;
  postgres: string;
  redis: string;
  storage: string;
  scratch: string;
  monitoring: string;
  backups: string;
  /** What is restored to be looked at, and nothing that lasts. */
  restored: string;
}

export function dataFolderAt(given: string): DataFolder {
  const path = resolve(given);
  const inside = (name: string): string => join(path, name);
  return {
    path,
    lock: inside('lock'),
    state: inside('state.json'),
    secrets: inside('secrets.json'),
    logs: inside('logs'),
    clients: inside('clients'),
    uploads: inside('uploads'),
    postgres: inside('postgres'),
    redis: inside('redis'),
    storage: inside('storage'),
    scratch: inside('scratch'),
    monitoring: inside('monitoring'),
    backups: inside('backups'),
    restored: inside('restored'),
  };
}

/** Where an installation has its objects unless it was told otherwise. */
export const ownStorage = (folder: DataFolder): string => pathToFileURL(folder.storage).href;

/** Makes the folder if it is new, and refuses one that is not ours or is newer than we are. */
export async function openDataFolder(folder: DataFolder): Promise<void> {
  await privateFolder(folder.path);
  await checkLayout(folder);
  for (const path of [folder.logs, folder.clients, folder.uploads, folder.storage, folder.scratch])
    await privateFolder(path);
}

async function checkLayout(folder: DataFolder): Promise<void> {
  const file = join(folder.path, 'layout');
  const written = await readLayout(file);
  if (written === undefined) {
    const foreign = (await readdir(folder.path)).filter((name) => !name.startsWith('layout') && name !== 'lock');
    if (foreign.length > 0) {
      throw new Refusal(
        `${folder.path} holds other things already, such as ${foreign[0]}. Choose an empty or new folder with --data.`,
      );
    }
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, `${LAYOUT}\n`, { mode: 0o600 });
    await rename(draft, file);
  } else if (Number.isNaN(written)) {
    throw new Refusal(`${file} is damaged: it should hold the number of the folder's layout.`);
  } else if (written > LAYOUT) {
    throw new Refusal(
      `${folder.path} was written by a newer Transcode (layout ${written}, this one knows ${LAYOUT}). Use that version, or another folder with --data.`,
    );
  }
}

async function readLayout(file: string): Promise<number | undefined> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    return /^\d+$/.test(text) ? Number(text) : Number.NaN;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** 0700 whatever the umask is. */
async function privateFolder(path: string): Promise<void> {
  try {
    if ((await mkdir(path, { recursive: true, mode: 0o700 })) === undefined) await stat(path);
    await chmod(path, 0o700);
  } catch (error) {
    if (systemCode(error) === 'EEXIST' || systemCode(error) === 'ENOTDIR') {
      throw new Refusal(`${path} is a file, and a folder is needed there. Choose another one with --data.`, {
        cause: error,
      });
    }
    throw error;
  }
}
