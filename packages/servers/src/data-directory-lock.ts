import { randomUUID } from 'node:crypto';
import { link, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isErrnoException } from './errno.ts';
import { ServerStartError } from './server-process.ts';

export interface DataDirectoryLock {
  /** From now on the folder belongs to this process, and is free when it is gone. */
  handTo(pid: number): Promise<void>;
  release(): Promise<void>;
}

const FILE = 'server.pid';
/** A predecessor that is just ending gets this long. */
const PATIENCE_MS = 5_000;

/** Keeps two servers that have no such lock of their own out of one data folder. A lock whose holder is dead does not count. */
export async function lockDataDirectory(name: string, directory: string): Promise<DataDirectoryLock> {
  const path = join(directory, FILE);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await createWhole(path, await identityOf(process.pid));
      return {
        handTo: async (pid) => writeFile(path, await identityOf(pid)),
        release: () => unlink(path).catch(ignoreMissing),
      };
    } catch (error) {
      if (!(isErrnoException(error) && error.code === 'EEXIST')) throw error;
    }
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    const pid = Number.parseInt(holder, 10);
    if (!(await isAlive(holder))) await unlink(path).catch(ignoreMissing);
    else if (Date.now() > deadline) throw inUse(name, directory, pid);
    else await sleep(100);
  }
}

/** Creates a file with its content in one step, so that nobody ever reads half of it; EEXIST if there is one. */
async function createWhole(path: string, content: string): Promise<void> {
  const draft = `${path}.${process.pid}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, path);
  } finally {
    await unlink(draft);
  }
}

export function inUse(name: string, directory: string, pid: number): ServerStartError {
  return new ServerStartError(
    `${name} cannot use ${directory}: process ${pid} is working there already. Stop that one first, or choose another folder.`,
  );
}

/** A pid alone may be somebody else's by now; its start time tells. */
async function identityOf(pid: number): Promise<string> {
  return `${pid} ${(await startTime(pid)) ?? ''}\n`;
}

async function isAlive(holder: string): Promise<boolean> {
  const [pidText = '', since = ''] = holder.trim().split(' ');
  const pid = Number.parseInt(pidText, 10);
  if (!Number.isInteger(pid)) return false;
  if (process.platform === 'linux') return (await startTime(pid)) === since;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return isErrnoException(error) && error.code === 'EPERM';
  }
}

async function startTime(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // Fields 3 and 22; the second is the command in parentheses and may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const dead = fields[0] === 'Z' || fields[0] === 'X';
    return dead ? undefined : fields[19];
  } catch (error) {
    if (isErrnoException(error) && (error.code === 'ENOENT' || error.code === 'ESRCH')) return undefined;
    throw error;
  }
}

async function readHolder(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrnoException(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function ignoreMissing(error: unknown): void {
  if (!(isErrnoException(error) && error.code === 'ENOENT')) throw error;
}
