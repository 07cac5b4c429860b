'use client';
import { Skeleton } from '@transcode/ui';
import dynamic from 'next/dynamic';

/** The chart library is loaded where a chart is, and leaves its room meanwhile. */
export const HistoryChart = dynamic(() => import('./history-chart.tsx').then((module) => module.HistoryChart), {
  ssr: false,
  loading: () => <Skeleton className="h-40" />,
});

export const BarsChart = dynamic(() => import('./bars-chart.tsx').then((module) => module.BarsChart), {
  ssr: false,
  loading: () => <Skeleton className="h-32" />,
});
