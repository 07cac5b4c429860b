import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { CHILD_LIMITS } from '@transcode/contracts';

/** Between the signal that tells of the end and the one that is the end, in seconds of processor time. */
const CPU_GRACE = 5;
/** What the kernel allows this process and so its children; nobody but root may go beyond. */
const HARD_LIMITS = readHardLimits();

/**
 * Arguments of `prlimit`. Of memory the private part is limited, not the addresses: allocators and drivers of GPUs reserve far more of
 * those than they use.
 */
export function limitArgv(limits: { memoryBytes: number; seconds: number; fileBytes: number }): string[] {
  const cpuSeconds = Math.ceil(limits.seconds * availableParallelism());
  const cpuMost = within('Max cpu time', cpuSeconds + CPU_GRACE);
  return [
    `--data=${within('Max data size', limits.memoryBytes)}`,
    `--cpu=${Math.min(cpuSeconds, cpuMost)}:${cpuMost}`,
    `--fsize=${within('Max file size', limits.fileBytes)}`,
    `--nofile=${within('Max open files', CHILD_LIMITS.openFiles)}`,
  ];
}

function within(kernelName: string, wanted: number): number {
  return Math.min(wanted, HARD_LIMITS.get(kernelName) ?? Infinity);
}

/** Of `/proc/self/limits`: name, soft limit, hard limit, unit. Empty where there is no such file. */
function readHardLimits(): ReadonlyMap<string, number> {
  try {
    const rows = readFileSync('/proc/self/limits', 'utf8').split('\n');
    return new Map(
      rows.flatMap((row) => {
        const [, name, hard] = /^(\S.*?) {2,}\S+ +(\d+)/.exec(row) ?? [];
        return name === undefined ? [] : [[name, Number(hard)]];
      }),
    );
  } catch {
    return new Map();
  }
}
