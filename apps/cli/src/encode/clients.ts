import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive, ProcessIdentity } from '../data-folder/process-identity.ts';
import { writePrivate } from '../data-folder/write-private.ts';
import { systemCode } from '../refusal.ts';
import type { DataFolder } from '../data-folder/data-folder.ts';

const POLL_MS = 200;

/** Registers this process with those that work with the installation, so that whoever has started it waits before it stops it. */
export async function registerClient(folder: DataFolder): Promise<() => Promise<void>> {
  const file = join(folder.clients, `${process.pid}.json`);
  await writePrivate(file, JSON.stringify(await identify(process.pid)));
  return () => rm(file, { force: true });
}

/** Resolves when no other process works with the installation. */
export async function untilAlone(folder: DataFolder, signal: AbortSignal, onWait: () => void): Promise<void> {
  for (let waited = false; await others(folder); waited = true) {
    if (!waited) onWait();
    await sleep(POLL_MS, undefined, { signal });
  }
}

async function others(folder: DataFolder): Promise<boolean> {
  for (const name of await readdir(folder.clients)) {
    if (!name.endsWith('.json') || name === `${process.pid}.json`) continue;
    const client = await readClient(join(folder.clients, name));
    if (client !== undefined && (await isAlive(client))) return true;
    await rm(join(folder.clients, name), { force: true });
  }
  return false;
}

async function readClient(file: string): Promise<ProcessIdentity | undefined> {
  try {
    return ProcessIdentity.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
