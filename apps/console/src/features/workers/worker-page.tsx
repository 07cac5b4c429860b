'use client';
import { useQuery } from '@tanstack/react-query';
import { Button, EmptyState, Skeleton } from '@transcode/ui';
import Link from 'next/link';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { WorkerDetailView } from './worker-detail-view.tsx';

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
  const { sentence, status } = explain(worker.error);
  const isGone = status === 404 || status === 400;
  return (
    <EmptyState
      title={isGone ? 'There is no such worker' : 'The worker could not be loaded'}
      action={
        isGone ? (
          <Link href="/workers" className="text-accent underline underline-offset-4">
            Go to the workers
          </Link>
        ) : (
          <Button onClick={() => void worker.refetch()}>Try again</Button>
        )
      }
    >
      {isGone ? 'It left long ago, or it never had this name.' : sentence}
    </EmptyState>
  );
}
