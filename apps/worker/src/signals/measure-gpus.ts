import type { MetricName } from '@transcode/contracts';
import type { GpuCondition, GpuConditions } from '@transcode/db';
import { measure } from '@transcode/telemetry';

const PERCENT = 100;

/** The gauges of a card, by what they are read from. A figure that it does not tell has no series. */
const GAUGES = {
  gpuUtilizationRatio: ({ utilisation }) => ratio(utilisation),
  gpuEncoderRatio: ({ encoder }) => ratio(encoder),
  gpuDecoderRatio: ({ decoder }) => ratio(decoder),
  gpuMemoryUsedBytes: ({ memoryUsedBytes }) => memoryUsedBytes,
  gpuMemoryBytes: ({ memoryTotalBytes }) => memoryTotalBytes,
  gpuTemperatureCelsius: ({ celsius }) => celsius,
  gpuPowerWatts: ({ watts }) => watts,
  gpuPowerLimitWatts: ({ wattsLimit }) => wattsLimit,
  gpuEncoderSessions: ({ encoderSessions }) => encoderSessions,
} as const satisfies Partial<Record<MetricName, (gpu: GpuCondition) => number | null>>;

/** Answers what to tell of each look: a machine that had GPUs and cannot say how they are has a fault. */
export function gpuMeasure(): (conditions: GpuConditions) => void {
  let hadGpus = false;
  return (conditions) => {
    for (const name of ['gpuInfo', ...(Object.keys(GAUGES) as (keyof typeof GAUGES)[])] as const) measure.forget(name);
    if ('absence' in conditions) {
      if (hadGpus) measure.count('gpuErrorsTotal', {});
      return;
    }
    hadGpus = true;
    for (const gpu of conditions.gpus) measureGpu(gpu);
  };
}

function measureGpu(gpu: GpuCondition): void {
  measure.set('gpuInfo', { gpu: gpu.uuid, model: gpu.name }, 1);
  for (const [name, read] of Object.entries(GAUGES) as [keyof typeof GAUGES, (gpu: GpuCondition) => number | null][]) {
    const value = read(gpu);
    if (value !== null) measure.set(name, { gpu: gpu.uuid }, value);
  }
}

function ratio(percent: number | null): number | null {
  return percent === null ? null : percent / PERCENT;
}
