'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Skeleton } from '@transcode/ui';
import { useEffect, useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { useHint } from '../live/hints.tsx';
import { usePollInterval } from '../live/live-provider.tsx';
import { Soon } from '../live/soon.ts';
import { applyToJob } from './apply-to-job.ts';
import { JobView } from './job-view.tsx';
import { NotLoaded } from '../shell/not-loaded.tsx';

const REFETCH_AFTER_MS = 300;
/** Time passes, and what it waits for changes, without anybody telling: others go before it. */
const OUTLOOK_MS = 5_000;

export function JobPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const poll = usePollInterval();
  const { queryKey, ...options } = trpc.jobs.get.queryOptions({ id });
  const job = useQuery({
    ...options,
    queryKey,
    refetchInterval: (query) => poll || (query.state.data?.outlook ? OUTLOOK_MS : false),
  });
  const [soon] = useState(() => new Soon(REFETCH_AFTER_MS));
  useEffect(() => () => soon.cancel(), [soon]);
  useHint((hint) => {
    if (hint.type === 'progress' && hint.jobId === id) {
      queries.setQueryData(queryKey, (shown) => shown && applyToJob(shown, hint));
    } else if (hint.type === 'started' || hint.type === 'controls' || ('jobId' in hint && hint.jobId === id)) {
      soon.ask(() => void queries.invalidateQueries({ queryKey }));
    }
  });
  if (job.data) return <JobView job={job.data} />;
  if (job.isPending) {
    return (
      <div aria-hidden="true" className="flex flex-col gap-4">
        <Skeleton className="h-7 w-1/3" />
        <Skeleton className="h-40 w-full" />
        <Skeleton className="h-64 w-full" />
      </div>
    );
  }
  return (
    <NotLoaded
      what="job"
      error={job.error}
      onRetry={() => void job.refetch()}
      gone="Its video was deleted, or it belongs to a workspace that is not yours."
      all={{ href: '/jobs', words: 'Go to the jobs' }}
    />
  );
}
