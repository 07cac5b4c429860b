import { readdir, readFile } from 'node:fs/promises';

/** What a process and all below it have used: processor time so far, memory now. */
export interface TreeUse {
  readonly cpuSeconds: number;
  /** Resident. */
  readonly memoryBytes: number;
}

/** Linux counts processor time for /proc in these, on every machine. */
const TICKS_A_SECOND = 100;

/**
 * Of a process with everything that it has started and that still runs. The time of those that have ended is in their parents' own
 * account, so that the sum never falls. Processes that end while one looks are left out.
 */
export async function processTree(pid: number): Promise<TreeUse> {
  const [own, children] = await Promise.all([useOf(pid), childrenOf(pid)]);
  let { cpuSeconds, memoryBytes } = own ?? { cpuSeconds: 0, memoryBytes: 0 };
  for (const below of await Promise.all(children.map(processTree))) {
    cpuSeconds += below.cpuSeconds;
    memoryBytes += below.memoryBytes;
  }
  return { cpuSeconds, memoryBytes };
}

async function useOf(pid: number): Promise<TreeUse | undefined> {
  const [stat, status] = await Promise.all([contentOf(`/proc/${pid}/stat`), contentOf(`/proc/${pid}/status`)]);
  if (stat === undefined || status === undefined) return undefined;
  // The second field is the name in parentheses and may hold spaces: what follows it begins with the third, the state.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  // Dead and not yet collected, it has no memory.
  const kib = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
  return { cpuSeconds: ticks / TICKS_A_SECOND, memoryBytes: kib * 1024 };
}

/** A thread that forks is the parent for this list, so all of them are asked. */
async function childrenOf(pid: number): Promise<number[]> {
  const threads = (await unlessEnded(readdir(`/proc/${pid}/task`))) ?? [];
  const lists = await Promise.all(threads.map((thread) => contentOf(`/proc/${pid}/task/${thread}/children`)));
  return lists.flatMap((list) => (list ?? '').split(' ').filter(Boolean).map(Number));
}

function contentOf(file: string): Promise<string | undefined> {
  return unlessEnded(readFile(file, 'utf8'));
}

/** Whoever is looked at may end in the middle of it. */
async function unlessEnded<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}
