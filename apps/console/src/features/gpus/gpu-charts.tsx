'use client';
import { useQuery } from '@tanstack/react-query';
import { SAMPLE_MS, SAMPLE_STALE_MS, type GpuSampleView, type GpuView } from '@transcode/contracts';
import { formatBytes, Skeleton } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import type { ChartPoint } from '../charts/break-gaps.ts';
import { Figure } from '../charts/figure.tsx';
import type { Series } from '../charts/history-chart.tsx';
import { History } from '../charts/charts.tsx';

const HOUR_MS = 3600 * 1000;

interface Chart {
  readonly title: string;
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  readonly most: (sample: GpuSampleView) => number | undefined;
}

const CHARTS: readonly Chart[] = [
  {
    title: 'Utilisation, %',
    series: [
      { key: 'utilisation', words: 'GPU', tone: 'alive', filled: true },
      { key: 'encoder', words: 'Encoder', tone: 'second' },
      { key: 'decoder', words: 'Decoder', tone: 'quiet' },
    ],
    format: (value) => `${Math.round(value)} %`,
    most: () => 100,
  },
  {
    title: 'Memory',
    series: [{ key: 'memoryUsedBytes', words: 'Used', tone: 'alive', filled: true }],
    format: formatBytes,
    most: ({ memoryTotalBytes }) => memoryTotalBytes ?? undefined,
  },
  {
    title: 'Temperature',
    series: [{ key: 'celsius', words: 'Temperature', tone: 'alive' }],
    format: (value) => `${Math.round(value)} °C`,
    most: () => undefined,
  },
  {
    title: 'Power',
    series: [{ key: 'watts', words: 'Power', tone: 'alive', filled: true }],
    format: (value) => `${Math.round(value)} W`,
    most: ({ wattsLimit }) => wattsLimit ?? undefined,
  },
];

/** The last hour of one GPU; what the card never told has no chart. */
export function GpuCharts({ gpu: { uuid, name, sample } }: { gpu: GpuView }) {
  const trpc = useTRPC();
  const history = useQuery(trpc.gpus.history.queryOptions({ uuid }, { refetchInterval: SAMPLE_MS }));
  if (history.data === undefined) {
    if (history.isPending) return <Skeleton className="h-48" />;
    return <p className="text-small text-red">Its last hour could not be loaded. {explain(history.error).sentence}</p>;
  }
  const points = history.data.points.map(({ at, ...values }): ChartPoint => ({
    at: new Date(at).getTime(),
    ...values,
  }));
  const to = points.at(-1)?.at ?? 0;
  const told = CHARTS.filter(({ series }) => series.some(({ key }) => points.some((point) => point[key] !== null)));
  return (
    <div className="grid grid-cols-1 gap-x-12 gap-y-6 md:grid-cols-2">
      {told.map(({ title, series, format, most }) => (
        <Figure key={title} title={title} series={series}>
          <History
            label={`${title} of ${name} over the last hour`}
            points={points}
            series={series}
            format={format}
            most={most(sample)}
            gapMs={SAMPLE_STALE_MS}
            from={to - HOUR_MS}
            to={to}
          />
        </Figure>
      ))}
    </div>
  );
}
