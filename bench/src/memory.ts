import { readFileSync } from 'node:fs';

/** Watches a process's resident memory until stopped. */
export function watchMemory(pid: number): { stop(): { startMiB: number; peakMiB: number } } {
  const startMiB = residentMiB(pid);
  let peakMiB = startMiB;
  const timer = setInterval(() => {
    peakMiB = Math.max(peakMiB, residentMiB(pid));
  }, 50);
  return {
    stop: () => {
      clearInterval(timer);
      return { startMiB, peakMiB };
    },
  };
}

function residentMiB(pid: number): number {
  const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib ?? Number.NaN) / 1024;
}
