import type { GpuSampleView } from '@transcode/contracts';
import { formatBytes } from '@transcode/ui';

export interface GpuFigure {
  readonly words: string;
  /** Null: the card does not tell it. */
  readonly value: string | null;
  readonly exact?: string;
}

/** What a GPU says of itself now, with units. */
export function gpuFigures(sample: GpuSampleView): GpuFigure[] {
  const { memoryUsedBytes, memoryTotalBytes, watts, wattsLimit, celsius, encoderSessions } = sample;
  return [
    { words: 'Utilisation', value: percent(sample.utilisation) },
    { words: 'Encoder', value: percent(sample.encoder) },
    { words: 'Decoder', value: percent(sample.decoder) },
    { words: 'Memory', value: ofAll(memoryUsedBytes, memoryTotalBytes, formatBytes) },
    { words: 'Temperature', value: celsius === null ? null : `${Math.round(celsius)} °C` },
    { words: 'Power', value: ofAll(watts, wattsLimit, (value) => `${Math.round(value)} W`) },
    { words: 'Encoder sessions', value: encoderSessions === null ? null : String(encoderSessions) },
  ];
}

export function percent(value: number | null): string | null {
  return value === null ? null : `${Math.round(value)} %`;
}

function ofAll(value: number | null, all: number | null, format: (value: number) => string): string | null {
  if (value === null) return null;
  return all === null ? format(value) : `${format(value)} of ${format(all)}`;
}
