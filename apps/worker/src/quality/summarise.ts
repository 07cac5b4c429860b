import { TranscodeError, type Grid, type Quality } from '@transcode/contracts';
import { VMAF_MODEL, type Metric } from './compare-graph.ts';
import type { FrameScore } from './read-scores.ts';

const DECIMALS = { vmaf: 1e3, ssim: 1e5 } as const;

export interface Summary {
  readonly metric: Metric;
  readonly nth: number;
  readonly grid: Grid;
  readonly notes: readonly string[];
}

/** Brings frame scores to the figures that people read. */
export function summarise(measured: readonly FrameScore[], { metric, nth, grid, notes }: Summary): Quality {
  if (measured.length === 0) throw new TranscodeError('measure_failed', { reason: 'no frame was measured' });
  const sorted = measured.map(({ score }) => score).toSorted((a, b) => a - b);
  const round = (value: number): number => Math.round(value * DECIMALS[metric]) / DECIMALS[metric];
  const mean = average(sorted);
  return {
    metric,
    ...(metric === 'vmaf' ? { model: VMAF_MODEL } : {}),
    mean: round(mean),
    // As libvmaf pools: of the scores plus one, so that a score of 0 is no division by 0.
    harmonicMean: round(sorted.length / sorted.reduce((sum, score) => sum + 1 / (score + 1), 0) - 1),
    p1: round(sorted[Math.floor(0.01 * (sorted.length - 1))] ?? mean),
    min: round(sorted[0] ?? mean),
    perSecond: perSecond(measured, grid).map((value) => (value === null ? null : round(value))),
    everyNthFrame: nth,
    framesMeasured: measured.length,
    // A picture that is held has been measured.
    framesTotal: grid.pictureFrames ?? grid.frames,
    ...(notes.length === 0 ? {} : { note: notes.join(' ') }),
  };
}

function perSecond(measured: readonly FrameScore[], { rate, frames }: Grid): (number | null)[] {
  const second = (frame: number): number => Math.floor((frame * rate.den) / rate.num);
  const scores: number[][] = Array.from({ length: second(frames - 1) + 1 }, () => []);
  for (const { frame, score } of measured) scores[second(frame)]?.push(score);
  return scores.map((list) => (list.length === 0 ? null : average(list)));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
