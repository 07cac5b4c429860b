import { readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inUse } from './data-directory-lock.ts';
import { isErrnoException } from './errno.ts';

/** A predecessor that is just shutting down gets this long. */
const PATIENCE_MS = 5_000;

/**
 * Looks at the lock that Postgres itself keeps. Of a live postmaster it tells in a sentence; one left by a killed postmaster is
 * removed where its pid belongs to something else by now, which Postgres alone cannot tell apart.
 */
export async function settlePostmasterPid(dataDir: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const path = join(dataDir, 'postmaster.pid');
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const pid = await readPid(path);
    if (pid === undefined) return;
    if (!(await worksIn(pid, dataDir))) {
      await unlink(path);
      return;
    }
    if (Date.now() > deadline) throw inUse('Postgres', dataDir, pid);
    await sleep(100);
  }
}

async function readPid(path: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(path, 'utf8'), 10);
    return Number.isInteger(pid) ? pid : undefined;
  } catch (error) {
    if (isErrnoException(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A postmaster's working directory is its data folder. */
async function worksIn(pid: number, dataDir: string): Promise<boolean> {
  try {
    const [its, ours] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(dataDir)]);
    return its.dev === ours.dev && its.ino === ours.ino;
  } catch (error) {
    if (isErrnoException(error) && ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(error.code ?? '')) return false;
    throw error;
  }
}
