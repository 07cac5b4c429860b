'use client';
import { useQuery } from '@tanstack/react-query';
import { Button, EmptyState, Skeleton } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useControlWork } from '../workers/use-control-work.ts';
import { Backlog } from './backlog.tsx';
import { Errors } from './errors.tsx';
import { NeedItem } from './need-item.tsx';
import { Output } from './output.tsx';
import { PlatformHistorySection } from './platform-history.tsx';
import { StorageUse } from './storage-use.tsx';
import { WorkersNow } from './workers-now.tsx';

const LOOK_MS = 10_000;

/** What needs somebody now, worst first, and below how the platform does. */
export function OverviewPage() {
  const trpc = useTRPC();
  const overview = useQuery(trpc.overview.get.queryOptions(undefined, { refetchInterval: LOOK_MS }));
  const work = useControlWork();
  if (overview.data === undefined) {
    if (overview.isPending) return <Loading />;
    return (
      <EmptyState
        title="The overview could not be loaded"
        action={<Button onClick={() => void overview.refetch()}>Try again</Button>}
      >
        {explain(overview.error).sentence}
      </EmptyState>
    );
  }
  const { needs, backlog, backlogHistory, workers, errors, output, storage } = overview.data;
  return (
    <>
      <h1 className="sr-only">Overview</h1>
      <section aria-label="What needs you now" className="mb-10">
        {needs.length === 0 ? (
          <p className="py-6 text-display font-medium">Nothing needs you.</p>
        ) : (
          <>
            <p className="pt-2 pb-4 text-display font-medium">
              {needs.length === 1 ? '1 thing needs you.' : `${needs.length} things need you.`}
            </p>
            <ul className="border-b border-line">
              {needs.map((need) => (
                <NeedItem key={JSON.stringify(keyOf(need))} need={need} busy={work.isBusy} onResume={work.resume} />
              ))}
            </ul>
          </>
        )}
      </section>
      <div className="grid grid-cols-1 gap-x-12 gap-y-10 lg:grid-cols-2">
        <Backlog backlog={backlog} history={backlogHistory} />
        <div className="flex flex-col gap-10">
          <WorkersNow workers={workers} />
          <StorageUse storage={storage} />
        </div>
        <Errors hours={errors} />
        <Output hours={output} />
      </div>
      <PlatformHistorySection />
    </>
  );
}

/** What stays the same about a need while its figures change. */
function keyOf(need: { kind: string; code?: string; class?: string; workerId?: string; scope?: string; how?: string }) {
  return [need.kind, need.code, need.class, need.workerId, need.scope, need.how];
}

function Loading() {
  return (
    <>
      <h1 className="sr-only">Overview</h1>
      <div aria-hidden="true" className="flex flex-col gap-10">
        <Skeleton className="mt-6 h-10 w-80 max-w-full" />
        <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
          {[0, 1, 2, 3].map((part) => (
            <Skeleton key={part} className="h-56" />
          ))}
        </div>
      </div>
    </>
  );
}
