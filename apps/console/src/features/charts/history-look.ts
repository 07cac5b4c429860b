import type { HistoryChartProps } from './history-chart.tsx';
import { ticksTo } from './ticks-to.ts';

/** How lines look, whoever draws them. */
export const COLOURS = {
  alive: 'var(--color-accent)',
  second: 'var(--color-ink-2)',
  quiet: 'var(--color-edge)',
} as const;
export const DASHES = { alive: '0', second: '5 3', quiet: '2 3' } as const;

/** Nothing, the middle and the top of the scale. */
export function historyScale({
  most,
  points,
  series,
}: Pick<HistoryChartProps, 'most' | 'points' | 'series'>): readonly [number, number, number] {
  if (most !== undefined) return [0, most / 2, most];
  return ticksTo(Math.max(0, ...points.flatMap((point) => series.map(({ key }) => point[key] ?? 0))));
}

/** Four moments, evenly apart. */
export function timesOf(from: number, to: number): number[] {
  return [0.125, 0.375, 0.625, 0.875].map((share) => from + share * (to - from));
}
