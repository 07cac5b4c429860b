'use client';
import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import type { AppRouter } from '@transcode/api/router';
import type { JobItem } from '@transcode/contracts';
import type { inferRouterOutputs } from '@trpc/server';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTRPCClient } from '../../lib/trpc.ts';
import { useHint } from '../live/hints.tsx';
import { usePollInterval } from '../live/live-provider.tsx';
import { Soon } from '../live/soon.ts';
import { jobFilterOf, type JobQuery } from './job-query.ts';
import { countNew, mergeRows } from './merge-rows.ts';

type Page = inferRouterOutputs<AppRouter>['jobs']['list'];
type Data = InfiniteData<Page, string | null>;

const PAGE_SIZE = 100;
/** The API answers no more at once. */
const MOST_NAMED = 200;
/** More new ones are not counted. */
export const NEWEST_COUNTED = 50;
/** What is on the screen is looked at this often at most, however much is told. */
const REFRESH_AFTER_MS = 700;
/** Nobody tells of a job that was made and waits; so it is looked for. */
const LOOK_FOR_NEW_MS = 8_000;

/**
 * The rows of a filter, as far as one has scrolled. Rows that are there stay where they are and change in place; new ones are counted
 * and come when asked for.
 */
export function useJobs(query: JobQuery, text: string) {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const poll = usePollInterval();
  const queryKey = useMemo(() => ['jobs', text], [text]);
  const read = (page: { cursor?: string; limit: number }) =>
    client.jobs.list.query({ ...jobFilterOf(query, new Date()), ...page });
  const list = useInfiniteQuery<Page, unknown, Data, readonly string[], string | null>({
    queryKey,
    queryFn: ({ pageParam }) => read({ limit: PAGE_SIZE, ...(pageParam !== null && { cursor: pageParam }) }),
    initialPageParam: null,
    getNextPageParam: (page) => page.nextCursor,
    // A refetch would ask for every page that was scrolled through; what is seen is kept fresh below.
    staleTime: Infinity,
    structuralSharing: false,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const [newer, setNewer] = useState({ text, count: 0 });
  const seen = useRef<readonly string[]>([]);
  const changed = useRef(new Set<string>());

  const refresh = useEffectEvent(async () => {
    const ids = seen.current.filter((id) => changed.current.has(id)).slice(0, MOST_NAMED);
    changed.current.clear();
    if (ids.length === 0) return;
    const fresh = await quietly(client.jobs.list.query({ ids, limit: MOST_NAMED }));
    if (fresh === undefined) return;
    queries.setQueryData<Data>(queryKey, (data) =>
      data ? { ...data, pages: mergeRows<JobItem, Page>(data.pages, fresh.items) } : undefined,
    );
  });
  const showNewest = async () => {
    const page = await quietly(read({ limit: PAGE_SIZE }));
    if (page === undefined) return;
    queries.setQueryData<Data>(queryKey, { pages: [page], pageParams: [null] });
    setNewer({ text, count: 0 });
  };
  const lookForNew = useEffectEvent(async () => {
    if (!list.isSuccess) return;
    const newest = await quietly(read({ limit: NEWEST_COUNTED }));
    if (newest === undefined) return;
    if (rows.length === 0 && newest.items.length > 0) await showNewest();
    else setNewer({ text, count: countNew(newest.items, rows) });
  });
  const [soon] = useState(() => ({ refresh: new Soon(REFRESH_AFTER_MS), look: new Soon(REFRESH_AFTER_MS) }));
  useEffect(
    () => () => {
      soon.refresh.cancel();
      soon.look.cancel();
    },
    [soon],
  );
  const refreshAll = useEffectEvent(() => {
    for (const id of seen.current) changed.current.add(id);
    void refresh();
    void lookForNew();
  });
  useHint((hint) => {
    if (hint.type === 'started' || hint.type === 'controls') refreshAll();
    else if (hint.type !== 'video' && hint.type !== 'upload') {
      changed.current.add(hint.jobId);
      soon.refresh.ask(() => void refresh());
      if (hint.type === 'job') soon.look.ask(() => void lookForNew());
    }
  });
  useEffect(() => {
    const timer = setInterval(
      () => (poll === false ? void lookForNew() : refreshAll()),
      poll === false ? LOOK_FOR_NEW_MS : poll,
    );
    return () => clearInterval(timer);
  }, [poll]);

  return {
    list,
    rows,
    newer: newer.text === text ? newer.count : 0,
    showNewest,
    /** Tells which rows are on the screen. */
    onSeen: (ids: readonly string[]) => {
      seen.current = ids;
    },
    /** After something was done to them. */
    refreshSeen: () => refreshAll(),
  };
}

/** What was not to be had is asked for again before long. */
async function quietly<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch {
    return undefined;
  }
}
