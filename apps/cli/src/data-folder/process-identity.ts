import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import * as z from 'zod';
import { systemCode } from '../refusal.ts';

/** A process, safe against its number being somebody else's by now. */
export const ProcessIdentity = z.object({ pid: z.int(), since: z.string() });
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

export async function identify(pid: number): Promise<ProcessIdentity> {
  return { pid, since: (await startOf(pid)) ?? 'gone' };
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await startOf(identity.pid)) === identity.since;
}

/** Sends a signal if the process is still the one that is meant. With `group`, to all processes of its group. */
export async function signal(identity: ProcessIdentity, name: NodeJS.Signals, group = false): Promise<void> {
  if (!(await isAlive(identity))) return;
  try {
    process.kill(group ? -identity.pid : identity.pid, name);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

/** When it started, in whatever the system counts; undefined for one that is gone or only waits to be reaped. */
async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return startByPs(pid);
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold spaces; the third is the state, the 22nd the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ESRCH') return undefined;
    throw error;
  }
}

async function startByPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() === '' ? undefined : stdout.trim();
  } catch {
    // ps ends with 1 where there is no such process.
    return undefined;
  }
}
