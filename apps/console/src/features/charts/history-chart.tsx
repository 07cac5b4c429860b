'use client';
import { formatMoment } from '@transcode/ui';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from 'recharts';
import { breakGaps, type ChartPoint } from './break-gaps.ts';
import { ChartTip } from './chart-tip.tsx';
import { clock } from './clock.ts';

export interface Series {
  readonly key: string;
  readonly words: string;
  /** `alive`: what the chart is about; `quiet`: what it is compared with. */
  readonly tone: 'alive' | 'quiet' | 'second';
  /** The space below it is filled. */
  readonly filled?: boolean;
}

export interface HistoryChartProps {
  /** What it shows and how that was, in a sentence, for who cannot see it. */
  readonly label: string;
  readonly points: readonly ChartPoint[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  /** The top of the scale; what the points have unless told. */
  readonly most?: number | undefined;
  /** Points further apart than this are not joined: nobody looked in between. */
  readonly gapMs: number;
  readonly from: number;
  readonly to: number;
}

const COLOURS = { alive: 'var(--color-accent)', second: 'var(--color-ink-2)', quiet: 'var(--color-edge)' } as const;
const DASHES = { alive: '0', second: '5 3', quiet: '2 3' } as const;
const TICK = { fontSize: 'var(--text-small)', fill: 'var(--color-ink-3)' };

/** How something was over time. Times go from left to right, now is the right edge. */
export function HistoryChart({ label, points, series, format, most, gapMs, from, to }: HistoryChartProps) {
  return (
    <div {...{ role: 'img', 'aria-label': label }} className="h-40">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={breakGaps(points, gapMs)}
          margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={[from, to]}
            ticks={ticksOf(from, to)}
            tickFormatter={clock}
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: 'var(--color-edge)' }}
          />
          <YAxis
            domain={[0, most ?? 'auto']}
            tickFormatter={format}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            {...(most === undefined ? { tickCount: 3 } : { ticks: [0, most / 2, most] })}
            width={64}
            allowDataOverflow={false}
          />
          <Tooltip cursor={{ stroke: 'var(--color-edge)' }} isAnimationActive={false} content={tipOf(series, format)} />
          {most !== undefined && <ReferenceLine y={most} stroke="var(--color-line)" />}
          {series.map(({ key, tone, filled }) => {
            const common = {
              dataKey: key,
              stroke: COLOURS[tone],
              strokeDasharray: DASHES[tone],
              strokeWidth: 1.5,
              dot: false,
              isAnimationActive: false,
              connectNulls: false,
              type: 'linear',
            } as const;
            return filled === true ? (
              <Area key={key} {...common} fill={COLOURS[tone]} fillOpacity={0.14} activeDot={false} />
            ) : (
              <Line key={key} {...common} activeDot={false} />
            );
          })}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

function tipOf(series: readonly Series[], format: (value: number) => string) {
  return ({ active, payload }: TooltipContentProps) => {
    const point: ChartPoint | undefined = payload[0]?.payload;
    if (!active || point === undefined) return null;
    const rows = series.map(({ key, words }) => ({ words, value: point[key] }));
    return <ChartTip title={formatMoment(new Date(point.at).toISOString())} rows={rows} format={format} />;
  };
}

/** Four moments, evenly apart. */
function ticksOf(from: number, to: number): number[] {
  return [0.125, 0.375, 0.625, 0.875].map((share) => from + share * (to - from));
}
