import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** One process as /proc shows it. A pid alone may be somebody else's later; with its start it is unmistakable. */
export interface ProcessFacts {
  readonly pid: number;
  /** Of its executable, 15 characters at most. */
  readonly name: string;
  readonly parent: number;
  /** Milliseconds since 1970, to about ten. */
  readonly startedAt: number;
}

const TICKS_A_SECOND = 100;
const BOOTED_AT = Date.now() - Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000;

/** Undefined where it is gone, or dead and only not yet collected. */
export function processFacts(pid: number): ProcessFacts | undefined {
  const stat = contentOf(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field is the name in parentheses and may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return {
    pid,
    name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
    parent: Number(fields[1]),
    startedAt: Math.round(BOOTED_AT + (Number(fields[19]) / TICKS_A_SECOND) * 1000),
  };
}

/** All that a process has started and that is still below it, nearest first. */
export function descendantsOf(pid: number): ProcessFacts[] {
  return childrenOf(pid).flatMap((child) => {
    const facts = processFacts(child);
    return [...(facts === undefined ? [] : [facts]), ...descendantsOf(child)];
  });
}

/** Every process of this machine whose working directory or command line names `text`. */
export function processesNaming(text: string): ProcessFacts[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((name) => {
    const pid = Number(name);
    const named = [workingDirectory(pid), contentOf(`/proc/${pid}/cmdline`)].some((each) => each?.includes(text));
    const facts = named && pid !== process.pid ? processFacts(pid) : undefined;
    return facts === undefined ? [] : [facts];
  });
}

/** Processor seconds that it and all that it has started and collected have used so far. */
export function cpuSeconds(pid: number): number {
  const stat = contentOf(`/proc/${pid}/stat`) ?? '';
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks / TICKS_A_SECOND;
}

export function residentMiB(pid: number): number {
  const kib = /VmRSS:\s+(\d+) kB/.exec(contentOf(`/proc/${pid}/status`) ?? '')?.[1];
  return Number(kib ?? Number.NaN) / 1024;
}

export function openFiles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return Number.NaN;
  }
}

/** It may have ended in this very moment. */
export function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** A thread that forks is the parent for this list, so all of them are asked. */
function childrenOf(pid: number): number[] {
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  return threads.flatMap((thread) =>
    (contentOf(`/proc/${pid}/task/${thread}/children`) ?? '')
      .split(' ')
      .filter((child) => child !== '')
      .map(Number),
  );
}

/** Whoever is looked at may end in the middle of it. */
function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
