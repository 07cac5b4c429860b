'use client';
import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import type { Event, WorkerDetail } from '@transcode/contracts';
import type { inferRouterOutputs } from '@trpc/server';
import { createContext, use, useEffect, useRef, useState, type ReactNode } from 'react';
import type { AppRouter } from '@transcode/api/router';
import { useTRPC } from '../../lib/trpc.ts';
import { useStanding } from '../away/watch-context.ts';
import { applyToDetail, applyToVideo } from './apply-progress.ts';
import { applyToWorker, applyToWorkers } from './apply-to-workers.ts';
import { Hints, HintsContext } from './hints.tsx';
import { Soon } from './soon.ts';

type VideoList = inferRouterOutputs<AppRouter>['videos']['list'];

/** Several hints that come close together cost one look at the server. */
const REFETCH_AFTER_MS = 300;
/** What operators look at is about everybody's work: tasks begin and end there all the time. */
const OPERATIONS_AFTER_MS = 1_000;
const OVERVIEW_AFTER_MS = 3_000;
/** How often to look where no hints come. */
const POLL_MS = 3_000;

const RECONNECT_AFTER_MS = 3_000;

const PollContext = createContext<false | number>(POLL_MS);

/** What to give a query as `refetchInterval`: nothing while the server tells us what happens. */
export function usePollInterval(): false | number {
  return use(PollContext);
}

/**
 * One line for the server's hints. Progress is written straight into what is shown; everything else, and each new start of
 * the line, makes the pages take a fresh snapshot.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [soon] = useState(() => new Soon(REFETCH_AFTER_MS));
  const [hints] = useState(() => new Hints());
  const [operations] = useState(() => new Soon(OPERATIONS_AFTER_MS));
  const [overview] = useState(() => new Soon(OVERVIEW_AFTER_MS));
  useEffect(() => () => [soon, operations, overview].forEach((each) => each.cancel()), [soon, operations, overview]);

  const refetch = () => {
    soon.ask(() => void queries.invalidateQueries({ queryKey: trpc.videos.pathKey() }));
    operations.ask(() => {
      void queries.invalidateQueries({ queryKey: trpc.workers.pathKey() });
      void queries.invalidateQueries({ queryKey: trpc.gpus.list.queryKey() });
    });
    overview.ask(() => void queries.invalidateQueries({ queryKey: trpc.overview.pathKey() }));
  };
  /** What is stopped is said wherever it stops something. */
  const refetchAtOnce = () => {
    for (const { pathKey } of [trpc.videos, trpc.workers, trpc.queues, trpc.overview])
      void queries.invalidateQueries({ queryKey: pathKey() });
  };
  const onStarted = () => {
    hints.tell({ type: 'started' });
    refetch();
  };
  const onEvent = (event: Event) => {
    hints.tell(event);
    if (event.type === 'controls') {
      refetchAtOnce();
      return;
    }
    if (event.type !== 'progress' && event.type !== 'upload') {
      refetch();
      return;
    }
    queries.setQueryData(
      trpc.videos.get.queryKey({ id: event.videoId }),
      (video) => video && applyToDetail(video, event),
    );
    queries.setQueriesData<InfiniteData<VideoList>>({ queryKey: trpc.videos.list.infiniteQueryKey() }, (data) => {
      if (!data) return undefined;
      const pages = data.pages.map((page) => ({
        ...page,
        items: page.items.map((video) => applyToVideo(video, event)),
      }));
      return { ...data, pages };
    });
    queries.setQueryData(trpc.workers.list.queryKey(), (list) => list && applyToWorkers(list, event));
    queries.setQueriesData<WorkerDetail>(
      { queryKey: trpc.workers.get.queryKey() },
      (worker) => worker && applyToWorker(worker, event),
    );
  };
  const { status, reset } = useSubscription(
    trpc.events.workspace.subscriptionOptions(undefined, {
      onStarted,
      onData: ({ events }) => events.forEach(onEvent),
    }),
  );
  const { trouble } = useStanding();
  const isAway = trouble === 'server' || trouble === 'offline';
  const wasAway = useRef(false);
  // The browser would wait a while before it tries again.
  useEffect(() => {
    if (wasAway.current && !isAway) reset();
    wasAway.current = isAway;
  }, [isAway, reset]);
  // The browser holds the line by itself; one that was refused, or ended by a server that stops, is begun anew.
  useEffect(() => {
    if (status !== 'error' && status !== 'idle') return undefined;
    const timer = setTimeout(reset, RECONNECT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [status, reset]);
  return (
    <HintsContext value={hints}>
      <PollContext value={status === 'pending' ? false : POLL_MS}>{children}</PollContext>
    </HintsContext>
  );
}
