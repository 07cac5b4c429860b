'use client';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from '@transcode/ui';
import { useTRPC } from '../../lib/trpc.ts';
import { WorkerDetailView } from './worker-detail-view.tsx';
import { NotLoaded } from '../shell/not-loaded.tsx';

const LOOK_MS = 5_000;

export function WorkerPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const worker = useQuery(trpc.workers.get.queryOptions({ id }, { refetchInterval: LOOK_MS }));
  if (worker.data) return <WorkerDetailView worker={worker.data} />;
  if (worker.isPending) {
    return (
      <div aria-hidden="true" className="flex flex-col gap-4">
        <Skeleton className="h-7 w-1/3" />
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-40 w-full" />
      </div>
    );
  }
  return (
    <NotLoaded
      what="worker"
      error={worker.error}
      onRetry={() => void worker.refetch()}
      gone="It left long ago, or it never had this name."
      all={{ href: '/workers', words: 'Go to the workers' }}
    />
  );
}
