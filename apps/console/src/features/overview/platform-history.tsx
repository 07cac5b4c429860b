'use client';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from '@transcode/ui';
import dynamic from 'next/dynamic';
import { useTRPC } from '../../lib/trpc.ts';
import { patiently } from '../shell/patiently.ts';
import { Section } from '../video/section.tsx';
import { Dashboards } from './dashboards.tsx';

/** Most installations of one machine have no Prometheus, and need none of it. */
const PlatformCharts = dynamic(
  () => patiently(() => import('./platform-charts.tsx')).then((module) => module.PlatformCharts),
  { ssr: false, loading: () => <Skeleton className="h-56" /> },
);

/** How the platform was over days, where Prometheus watches it, and the way to the dashboards; nothing where nobody watches. */
export function PlatformHistorySection() {
  const trpc = useTRPC();
  const monitoring = useQuery(trpc.monitoring.get.queryOptions());
  if (monitoring.data === undefined || !(monitoring.data.history || monitoring.data.dashboards.length > 0)) return null;
  const { history, dashboards } = monitoring.data;
  return (
    <div className="mt-10">
      <Section title="History" note={history ? 'As Prometheus saw it' : 'In Grafana'}>
        {history && <PlatformCharts />}
        <Dashboards dashboards={dashboards} />
      </Section>
    </div>
  );
}
