import type { BarsChartProps } from './bars-chart.tsx';
import { ChartFrame, DRAWING } from './chart-frame.tsx';
import { clock } from './clock.ts';
import { BAR_COLOURS, EVERY_NTH_HOUR, BAR_SHARE } from './bars-look.ts';
import { ticksTo } from './ticks-to.ts';

/** The bars of a `BarsChart`, without what draws them under a pointer. */
export function BarsSketch({ bars, tone, format }: BarsChartProps) {
  const scale = ticksTo(Math.max(0, ...bars.map(({ value }) => value)));
  const top = scale[2];
  const room = DRAWING.width / Math.max(1, bars.length);
  const times = bars.flatMap(({ at }, place) =>
    place % EVERY_NTH_HOUR === 0 ? { share: (place + 0.5) / bars.length, words: clock(at) } : [],
  );
  return (
    <ChartFrame times={times} scale={scale.map((value) => ({ share: value / top, words: format(value) }))}>
      {bars.map(({ at, value }, place) => {
        const height = (value / top) * DRAWING.height;
        return (
          <rect
            key={at}
            x={(place + (1 - BAR_SHARE) / 2) * room}
            y={DRAWING.height - height}
            width={room * BAR_SHARE}
            height={height}
            fill={BAR_COLOURS[tone]}
          />
        );
      })}
    </ChartFrame>
  );
}
