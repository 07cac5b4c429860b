import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '@transcode/api/router';
import { expect, test } from 'vitest';
import { refreshWork } from '../../../src/features/workers/use-control-work.ts';

test('what is paused, drained or resumed anywhere is looked at anew by every page that says so', async () => {
  const queries = new QueryClient();
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: 'http://nowhere' })] });
  const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient: queries });
  const keys = {
    workers: trpc.workers.list.queryKey(),
    worker: trpc.workers.get.queryKey({ id: 'worker-1' }),
    queues: trpc.queues.get.queryKey(),
    overview: trpc.overview.get.queryKey(),
    job: trpc.jobs.get.queryKey({ id: '0' }),
    video: trpc.videos.get.queryKey({ id: '0' }),
    presets: trpc.presets.list.queryKey(),
  };
  for (const queryKey of Object.values(keys)) queries.getQueryCache().build(queries, { queryKey });
  await refreshWork(queries, trpc);
  const stale = Object.entries(keys).filter(([, queryKey]) => queries.getQueryState(queryKey)?.isInvalidated === true);
  expect(stale.map(([name]) => name)).toEqual(['workers', 'worker', 'queues', 'overview', 'job', 'video']);
});
