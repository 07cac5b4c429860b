'use client';
import { useQuery } from '@tanstack/react-query';
import { Button, EmptyState, Skeleton } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Section } from '../video/section.tsx';
import { AllWork } from './all-work.tsx';
import { FailureCauses } from './failure-causes.tsx';
import { NextTasks } from './next-tasks.tsx';
import { QueuesTable } from './queues-table.tsx';

/** Nobody tells of a backlog: it is looked at. */
const LOOK_MS = 3_000;

/** What waits, how fast it goes, what is next, what fails. */
export function QueuesPage() {
  const trpc = useTRPC();
  const queues = useQuery(trpc.queues.get.queryOptions(undefined, { refetchInterval: LOOK_MS }));
  if (queues.data) {
    const { items } = queues.data;
    return (
      <div className="flex flex-col gap-10">
        <div className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="text-title font-medium">Queues</h1>
            <AllWork queues={items} />
          </div>
          {queues.isError && (
            <p className="text-small text-amber">These figures are old: {explain(queues.error).sentence}</p>
          )}
          <QueuesTable queues={items} />
        </div>
        <NextTasks classes={items.map((queue) => queue.class)} />
        <FailureCauses />
      </div>
    );
  }
  if (queues.isPending) {
    return (
      <Section title="Queues">
        <Skeleton className="h-44 w-full" />
        <Skeleton className="h-64 w-full" />
      </Section>
    );
  }
  return (
    <EmptyState
      title="The queues could not be loaded"
      action={<Button onClick={() => void queues.refetch()}>Try again</Button>}
    >
      {explain(queues.error).sentence}
    </EmptyState>
  );
}
