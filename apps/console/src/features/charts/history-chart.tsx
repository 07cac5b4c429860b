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
import { ROOM } from './chart-frame.tsx';
import { ChartTip } from './chart-tip.tsx';
import { momentWords } from './clock.ts';
import { COLOURS, DASHES, historyScale, timesOf } from './history-look.ts';

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

const TICK = { fontSize: 'var(--text-small)', fill: 'var(--color-ink-3)' };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How something was over time, with what it was under the pointer. Times go from left to right, now is the right edge. */
export function HistoryChart(props: HistoryChartProps & { readonly size: Size }) {
  const { points, series, format, most, gapMs, from, to, size } = props;
  const scale = historyScale(props);
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={size}>
      <ComposedChart
        data={breakGaps(points, gapMs)}
        margin={{ ...ROOM, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={[from, to]}
          ticks={timesOf(from, to)}
          height={ROOM.bottom}
          tickFormatter={momentWords(from, to)}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: 'var(--color-edge)' }}
        />
        <YAxis
          domain={[0, scale[2]]}
          ticks={[...scale]}
          tickFormatter={format}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={ROOM.left}
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
