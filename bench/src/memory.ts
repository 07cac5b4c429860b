import { residentMiB } from './process-table.ts';

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
