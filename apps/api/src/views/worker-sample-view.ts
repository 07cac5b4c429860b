import type { WorkerSampleView } from '@transcode/contracts';
import type { WorkerSample } from '@transcode/db';

export function workerSampleView(sample: WorkerSample): WorkerSampleView {
  const { at, cpuCores, loadAverage, slotsUsed } = sample;
  return {
    ...{ at: at.toISOString(), cpuCores, loadAverage, slotsUsed },
    memoryBytes: Number(sample.memoryBytes),
    machineUsedBytes: Number(sample.machineUsedBytes),
    machineTotalBytes: Number(sample.machineTotalBytes),
    scratchFreeBytes: Number(sample.scratchFreeBytes),
    scratchTotalBytes: Number(sample.scratchTotalBytes),
  };
}
