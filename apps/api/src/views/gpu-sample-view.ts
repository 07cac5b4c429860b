import type { GpuSampleView } from '@transcode/contracts';
import type { GpuSample } from '@transcode/db';

export function gpuSampleView(sample: GpuSample): GpuSampleView {
  const { at, utilisation, encoder, decoder, celsius, watts, wattsLimit, encoderSessions } = sample;
  return {
    ...{ at: at.toISOString(), utilisation, encoder, decoder, celsius, watts, wattsLimit, encoderSessions },
    memoryUsedBytes: asNumber(sample.memoryUsedBytes),
    memoryTotalBytes: asNumber(sample.memoryTotalBytes),
  };
}

function asNumber(bytes: bigint | null): number | null {
  return bytes === null ? null : Number(bytes);
}
