import { readFileSync } from 'node:fs';

const LOOK_MS = 100;

export interface Growth {
  /** What each process had of the machine's memory at first, and when all together had most, in MiB. */
  readonly before: readonly number[];
  readonly most: readonly number[];
  /** By how much they grew together. */
  readonly together: number;
}

/** Watches what these processes have of the machine's memory, until it is asked. */
export function watchResident(pids: readonly number[]): () => Growth {
  const look = (): number[] => pids.map(residentMiB);
  const before = look();
  let most = before;
  const timer = setInterval(() => {
    const now = look();
    if (sumOf(now) > sumOf(most)) most = now;
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    return { before, most, together: sumOf(most) - sumOf(before) };
  };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
