'use client';
import { useQuery } from '@tanstack/react-query';
import { Button, EmptyState, Skeleton } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { GpuCard } from './gpu-card.tsx';
import { MachinesWithout } from './machines-without.tsx';

const LOOK_MS = 5_000;

export function GpusPage() {
  const trpc = useTRPC();
  const gpus = useQuery(trpc.gpus.list.queryOptions(undefined, { refetchInterval: LOOK_MS }));
  if (gpus.data === undefined) {
    if (gpus.isPending) return <Loading />;
    return (
      <EmptyState
        title="The GPUs could not be loaded"
        action={<Button onClick={() => void gpus.refetch()}>Try again</Button>}
      >
        {explain(gpus.error).sentence}
      </EmptyState>
    );
  }
  const { items, without } = gpus.data;
  return (
    <>
      <h1 className="flex min-h-10 items-center pb-4 text-title font-medium">GPUs</h1>
      {items.length === 0 && without.length === 0 && (
        <EmptyState title="No worker is there">GPUs are shown here for each machine on which a worker runs.</EmptyState>
      )}
      <div className="flex flex-col gap-10">
        {items.map((gpu) => (
          <GpuCard key={`${gpu.host} ${gpu.uuid}`} gpu={gpu} />
        ))}
      </div>
      <MachinesWithout machines={without} alone={items.length === 0} />
    </>
  );
}

function Loading() {
  return (
    <>
      <h1 className="flex min-h-10 items-center pb-4 text-title font-medium">GPUs</h1>
      <div aria-hidden="true" className="flex flex-col gap-10">
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
      </div>
    </>
  );
}
