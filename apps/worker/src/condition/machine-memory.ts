import { readFile } from 'node:fs/promises';

export interface MachineMemory {
  /** What nobody could have without taking it from somebody. */
  readonly usedBytes: number;
  readonly totalBytes: number;
}

/** Of the machine, as its kernel tells it. */
export async function machineMemory(): Promise<MachineMemory> {
  return parseMeminfo(await readFile('/proc/meminfo', 'utf8'));
}

export function parseMeminfo(text: string): MachineMemory {
  const bytes = (name: string): number => {
    const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
    if (kib === undefined) throw new Error(`The kernel does not tell ${name}.`);
    return Number(kib) * 1024;
  };
  const totalBytes = bytes('MemTotal');
  return { totalBytes, usedBytes: totalBytes - bytes('MemAvailable') };
}
