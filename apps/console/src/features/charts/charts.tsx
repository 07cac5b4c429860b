'use client';
import type { BarsChartProps } from './bars-chart.tsx';
import { BarsSketch } from './bars-sketch.tsx';
import { DrawnWhenTouched } from './drawn-when-touched.tsx';
import type { HistoryChartProps } from './history-chart.tsx';
import { HistorySketch } from './history-sketch.tsx';

const loadHistory = () => import('./history-chart.tsx').then((module) => module.HistoryChart);
const loadBars = () => import('./bars-chart.tsx').then((module) => module.BarsChart);

/** How something was over time. */
export function History(props: HistoryChartProps) {
  return (
    <DrawnWhenTouched label={props.label} className="h-40" props={props} load={loadHistory}>
      <HistorySketch {...props} />
    </DrawnWhenTouched>
  );
}

/** How much of something there was in each hour. */
export function Bars(props: BarsChartProps) {
  return (
    <DrawnWhenTouched label={props.label} className="h-32" props={props} load={loadBars}>
      <BarsSketch {...props} />
    </DrawnWhenTouched>
  );
}
