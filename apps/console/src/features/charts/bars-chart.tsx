'use client';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from 'recharts';
import { BAR_COLOURS, BAR_SHARE, EVERY_NTH_HOUR } from './bars-look.ts';
import { ROOM } from './chart-frame.tsx';
import { ChartTip } from './chart-tip.tsx';
import { clock } from './clock.ts';
import { ticksTo } from './ticks-to.ts';

export interface BarsChartProps {
  readonly label: string;
  /** Each is an hour that begins at `at`. */
  readonly bars: readonly { readonly at: number; readonly value: number }[];
  readonly words: string;
  readonly tone: 'broken' | 'alive';
  readonly format: (value: number) => string;
}

const HOUR_MS = 3600 * 1000;
const TICK = { fontSize: 'var(--text-small)', fill: 'var(--color-ink-3)' };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How much of something there was in each hour, with the figure under the pointer. */
export function BarsChart({ bars, words, tone, format, size }: BarsChartProps & { readonly size: Size }) {
  const scale = ticksTo(Math.max(0, ...bars.map(({ value }) => value)));
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={size}>
      <BarChart
        data={[...bars]}
        margin={{ ...ROOM, bottom: 0, left: 0 }}
        barCategoryGap={`${((1 - BAR_SHARE) / 2) * 100}%`}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis
          dataKey="at"
          tickFormatter={clock}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: 'var(--color-edge)' }}
          interval={EVERY_NTH_HOUR - 1}
          height={ROOM.bottom}
        />
        <YAxis
          tickFormatter={format}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          ticks={[...scale]}
          domain={[0, scale[2]]}
          width={ROOM.left}
        />
        <Tooltip
          cursor={{ fill: 'var(--color-line)', fillOpacity: 0.5 }}
          isAnimationActive={false}
          content={tipOf(words, format)}
        />
        <Bar dataKey="value" fill={BAR_COLOURS[tone]} isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}

function tipOf(words: string, format: (value: number) => string) {
  return ({ active, payload }: TooltipContentProps) => {
    const bar: BarsChartProps['bars'][number] | undefined = payload[0]?.payload;
    if (!active || bar === undefined) return null;
    const title = `${clock(bar.at)} to ${clock(bar.at + HOUR_MS)}`;
    return <ChartTip title={title} rows={[{ words, value: bar.value }]} format={format} />;
  };
}
