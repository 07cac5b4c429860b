'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { HISTORY_SPAN_NAMES, type HistoryFigure, type HistorySpan, type PlatformHistory } from '@transcode/contracts';
import { SelectField, Skeleton } from '@transcode/ui';
import { useState } from 'react';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import type { ChartPoint } from '../charts/break-gaps.ts';
import { Figure } from '../charts/figure.tsx';
import type { Series } from '../charts/history-chart.tsx';
import { History } from '../charts/charts.tsx';

const LOOK_MS = 60_000;

const SPAN_WORDS: Readonly<Record<HistorySpan, string>> = {
  '6h': 'the last six hours',
  '24h': 'the last 24 hours',
  '7d': 'the last seven days',
  '30d': 'the last 30 days',
};

interface Chart {
  readonly title: string;
  readonly series: readonly (Series & { key: Exclude<HistoryFigure, 'latencySeconds'> | 'latencyMs' })[];
  readonly format: (value: number) => string;
}

const CHARTS: readonly Chart[] = [
  {
    title: 'Tasks',
    series: [
      { key: 'waiting', words: 'Waiting', tone: 'alive', filled: true },
      { key: 'running', words: 'Running', tone: 'second' },
    ],
    format: (value) => Math.round(value).toLocaleString('en'),
  },
  {
    title: 'Jobs an hour',
    series: [
      { key: 'completed', words: 'Completed', tone: 'alive', filled: true },
      { key: 'failed', words: 'Failed', tone: 'second' },
    ],
    format: short,
  },
  {
    title: 'Requests a second',
    series: [
      { key: 'requests', words: 'Asked', tone: 'alive', filled: true },
      { key: 'errors', words: 'Not answered for our fault', tone: 'second' },
    ],
    format: short,
  },
  {
    title: 'Time of an answer, 99 of 100 within',
    series: [{ key: 'latencyMs', words: 'Time', tone: 'alive' }],
    format: (ms) => (ms < 1_000 ? `${Math.round(ms)} ms` : `${short(ms / 1_000)} s`),
  },
];

/** Figures from the recording rules of Prometheus, over hours or days. */
export function PlatformCharts() {
  const trpc = useTRPC();
  const [span, setSpan] = useState<HistorySpan>('24h');
  const history = useQuery(
    trpc.monitoring.history.queryOptions({ span }, { refetchInterval: LOOK_MS, placeholderData: keepPreviousData }),
  );
  return (
    <>
      <SelectField
        bare
        label="How far back"
        className="w-52"
        value={span}
        onChange={({ target }) => setSpan(HISTORY_SPAN_NAMES.find((each) => each === target.value) ?? '24h')}
      >
        {HISTORY_SPAN_NAMES.map((each) => (
          <option key={each} value={each}>
            {SPAN_WORDS[each].replace('the l', 'L')}
          </option>
        ))}
      </SelectField>
      {history.data !== undefined && <Drawn history={history.data} words={SPAN_WORDS[span]} />}
      {history.data === undefined && history.isPending && <Skeleton className="h-56" />}
      {history.isError && (
        <p role="alert" className="text-small text-red">
          The history could not be loaded. {explain(history.error).sentence}
        </p>
      )}
    </>
  );
}

function Drawn({
  history: { points: told, from, to, stepSeconds },
  words,
}: {
  history: PlatformHistory;
  words: string;
}) {
  const points = told.map(({ at, latencySeconds, ...values }): ChartPoint => ({
    ...{ at: new Date(at).getTime(), latencyMs: latencySeconds === null ? null : latencySeconds * 1_000 },
    ...values,
  }));
  const seen = CHARTS.filter(({ series }) => series.some(({ key }) => points.some((point) => point[key] !== null)));
  if (seen.length === 0) {
    return <p className="text-small text-ink-3">Prometheus has seen nothing in {words}. It looks every 15 seconds.</p>;
  }
  return (
    <div className="grid grid-cols-1 gap-x-12 gap-y-6 lg:grid-cols-2">
      {seen.map(({ title, series, format }) => (
        <Figure key={title} title={title} series={series}>
          <History
            label={`${title} over ${words}`}
            points={points}
            series={series}
            format={format}
            gapMs={stepSeconds * 1_000 * 1.5}
            from={new Date(from).getTime()}
            to={new Date(to).getTime()}
          />
        </Figure>
      ))}
    </div>
  );
}

function short(value: number): string {
  return value < 10 ? String(Number(value.toFixed(1))) : Math.round(value).toLocaleString('en');
}
