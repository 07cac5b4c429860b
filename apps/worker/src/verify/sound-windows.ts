import type { Readable } from 'node:stream';

export interface SoundWindow {
  readonly startSeconds: number;
  readonly samples: Int16Array;
}

const BYTES_A_SAMPLE = 2;

/**
 * Reads 16-bit mono samples to their end and keeps, of each of `regions` equal parts of the duration, the window in which loudness
 * changes most: that is where an offset shows.
 */
export async function pickSoundWindows(
  stream: Readable,
  {
    sampleRate,
    seconds,
    windowSeconds,
    regions,
  }: { sampleRate: number; seconds: number; windowSeconds: number; regions: number },
): Promise<{ windows: SoundWindow[]; samples: number }> {
  const windowBytes = Math.round(windowSeconds * sampleRate) * BYTES_A_SAMPLE;
  const best = new Map<number, { window: SoundWindow; change: number }>();
  let held: Buffer = Buffer.alloc(0);
  let position = 0;
  let total = 0;
  const consider = (bytes: Buffer): void => {
    const samples = new Int16Array(new Uint8Array(bytes).buffer, 0, Math.floor(bytes.length / BYTES_A_SAMPLE));
    const startSeconds = position / BYTES_A_SAMPLE / sampleRate;
    const region = Math.min(regions - 1, Math.floor((startSeconds / seconds) * regions));
    const change = loudnessChange(samples, sampleRate);
    if (change > (best.get(region)?.change ?? 0)) best.set(region, { window: { startSeconds, samples }, change });
    position += bytes.length;
  };
  for await (const data of stream as AsyncIterable<Buffer>) {
    total += data.length;
    held = held.length === 0 ? data : Buffer.concat([held, data]);
    while (held.length >= windowBytes) {
      consider(held.subarray(0, windowBytes));
      held = held.subarray(windowBytes);
    }
  }
  if (held.length >= windowBytes / 2 || position === 0) consider(held);
  return { windows: [...best.values()].map(({ window }) => window), samples: Math.floor(total / BYTES_A_SAMPLE) };
}

/** Variance of the loudness of 20 ms pieces. */
function loudnessChange(samples: Int16Array, sampleRate: number): number {
  const piece = Math.round(sampleRate / 50);
  const levels: number[] = [];
  for (let from = 0; from + piece <= samples.length; from += piece) {
    let sum = 0;
    for (let at = from; at < from + piece; at += 1) sum += Math.abs(samples[at] ?? 0);
    levels.push(sum / piece);
  }
  const mean = levels.reduce((sum, level) => sum + level, 0) / Math.max(1, levels.length);
  return levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / Math.max(1, levels.length);
}
