import { ChartFrame, DRAWING } from './chart-frame.tsx';
import { momentWords } from './clock.ts';
import type { HistoryChartProps } from './history-chart.tsx';
import { COLOURS, DASHES, historyScale, timesOf } from './history-look.ts';
import { historyShape } from './history-shape.ts';

/** The lines of a `HistoryChart`, without what draws them under a pointer. */
export function HistorySketch(props: HistoryChartProps) {
  const { points, series, format, gapMs, from, to } = props;
  const scale = historyScale(props);
  const top = scale[2];
  return (
    <ChartFrame
      times={timesOf(from, to).map((at) => ({ share: (at - from) / (to - from), words: momentWords(from, to)(at) }))}
      scale={scale.map((value) => ({ share: value / top, words: format(value) }))}
    >
      {series.map(({ key, tone, filled }) => {
        const { line, area } = historyShape(points, { key, gapMs }, { from, to, top, ...DRAWING });
        return (
          <g key={key}>
            {filled === true && <path d={area} fill={COLOURS[tone]} fillOpacity={0.14} />}
            <path
              d={line}
              fill="none"
              stroke={COLOURS[tone]}
              strokeDasharray={DASHES[tone]}
              strokeWidth={1.5}
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
            />
          </g>
        );
      })}
    </ChartFrame>
  );
}
