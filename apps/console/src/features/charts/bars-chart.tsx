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
import { ChartTip } from './chart-tip.tsx';
import { clock } from './clock.ts';

export interface BarsChartProps {
  readonly label: string;
  /** Each is an hour that begins at `at`. */
  readonly bars: readonly { readonly at: number; readonly value: number }[];
  readonly words: string;
  readonly tone: 'broken' | 'alive';
  readonly format: (value: number) => string;
}

const HOUR_MS = 3600 * 1000;
const COLOURS = { broken: 'var(--color-red)', alive: 'var(--color-accent)' } as const;
const TICK = { fontSize: 'var(--text-small)', fill: 'var(--color-ink-3)' };

/** How much of something there was in each hour. */
export function BarsChart({ label, bars, words, tone, format }: BarsChartProps) {
  const isEmpty = bars.every(({ value }) => value === 0);
  return (
    <div {...{ role: 'img', 'aria-label': label }} className="h-32">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={[...bars]} margin={{ top: 6, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis
            dataKey="at"
            tickFormatter={clock}
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: 'var(--color-edge)' }}
            interval={5}
          />
          <YAxis
            tickFormatter={format}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            tickCount={3}
            width={64}
            allowDecimals={false}
            domain={[0, isEmpty ? 1 : 'auto']}
          />
          <Tooltip
            cursor={{ fill: 'var(--color-line)', fillOpacity: 0.5 }}
            isAnimationActive={false}
            content={tipOf(words, format)}
          />
          <Bar dataKey="value" fill={COLOURS[tone]} isAnimationActive={false} maxBarSize={24} />
        </BarChart>
      </ResponsiveContainer>
    </div>
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
