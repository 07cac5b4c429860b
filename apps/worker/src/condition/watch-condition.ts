import { statfs } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { SAMPLE_MS } from '@transcode/contracts';
import { writeWorkerSample, type Database, type WorkerCondition } from '@transcode/db';
import type { Logger } from '@transcode/telemetry';
import { gpuMeasure } from '../signals/measure-gpus.ts';
import { askGpus } from './ask-gpus.ts';
import { machineMemory } from './machine-memory.ts';
import { processTree } from './process-tree.ts';

interface Watched {
  readonly id: string;
  /** Of its scratch. */
  readonly folder: string;
  readonly nvidiaSmi: string;
  readonly slotsUsed: () => number;
  readonly log: Logger;
}

export interface ConditionWatch {
  stop(): Promise<void>;
}

/** Writes every SAMPLE_MS how this worker and its machine are, with their GPUs. A sample that cannot be written is no sample. */
export function watchCondition(db: Database, watched: Watched): ConditionWatch {
  const sample = conditionOf(watched);
  const measureMachine = gpuMeasure();
  let last = Promise.resolve();
  let busy = false;
  const look = async (): Promise<void> => {
    busy = true;
    try {
      const [worker, machine] = await Promise.all([sample(), askGpus(watched.nvidiaSmi)]);
      measureMachine(machine);
      await writeWorkerSample(db, watched.id, { worker, machine });
    } catch (error) {
      watched.log.warn({ err: error }, 'How the worker is could not be written');
    } finally {
      busy = false;
    }
  };
  // One that takes longer than the interval is not overtaken.
  const tick = (): void => {
    if (!busy) last = look();
  };
  tick();
  const timer = setInterval(tick, SAMPLE_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
    },
  };
}

/** Processor time counts from one look to the next; before the first, from the start of the process. */
function conditionOf({ folder, slotsUsed }: Watched): () => Promise<WorkerCondition> {
  let before = { cpuSeconds: 0, at: performance.now() - process.uptime() * 1000 };
  return async () => {
    const [tree, memory, disk] = await Promise.all([processTree(process.pid), machineMemory(), statfs(folder)]);
    const at = performance.now();
    const cpuCores = Math.max(0, tree.cpuSeconds - before.cpuSeconds) / Math.max(0.001, (at - before.at) / 1000);
    before = { cpuSeconds: tree.cpuSeconds, at };
    return {
      cpuCores,
      memoryBytes: tree.memoryBytes,
      loadAverage: loadavg()[0] ?? 0,
      machineUsedBytes: memory.usedBytes,
      machineTotalBytes: memory.totalBytes,
      scratchFreeBytes: disk.bavail * disk.bsize,
      scratchTotalBytes: disk.blocks * disk.bsize,
      slotsUsed: slotsUsed(),
    };
  };
}
