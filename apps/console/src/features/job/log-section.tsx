'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { JobLogPage } from '@transcode/contracts';
import { formatMoment, Skeleton } from '@transcode/ui';
import { useEffect, useRef } from 'react';
import { explain } from '../../lib/explain.ts';
import { useTRPCClient } from '../../lib/trpc.ts';
import { REACHABLE, ScrollArea } from '../shell/scroll-area.tsx';
import { Section } from '../video/section.tsx';
import { STAGE_WORDS } from '../video/stage-list.tsx';

const FOLLOW_MS = 2_000;

/** What workers say about the job, as they say it. Only what is new is asked for. */
export function LogSection({ jobId, isOver }: { jobId: string; isOver: boolean }) {
  const client = useTRPCClient();
  const log = useInfiniteQuery({
    queryKey: ['job log', jobId],
    queryFn: ({ pageParam }) => client.jobs.log.query({ id: jobId, ...(pageParam !== null && { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: JobLogPage) => page.next,
    staleTime: Infinity,
    structuralSharing: false,
  });
  const { fetchNextPage, refetch, data } = log;
  const next = data?.pages.at(-1)?.next ?? null;
  useEffect(() => {
    if (isOver) return undefined;
    // Before there is a line there is no place to go on from.
    const timer = setInterval(() => void (next === null ? refetch() : fetchNextPage()), FOLLOW_MS);
    return () => clearInterval(timer);
  }, [isOver, next, refetch, fetchNextPage]);
  // The last words came with its end.
  useEffect(() => {
    if (isOver && next !== null) void fetchNextPage();
  }, [isOver, next, fetchNextPage]);
  const lines = data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <Section title="Log" note="What workers said about it in the last 24 hours">
      {log.isPending && <Skeleton className="h-24 w-full" />}
      {log.isError && lines.length === 0 && <p className="text-small text-amber">{explain(log.error).sentence}</p>}
      {log.isSuccess && lines.length === 0 && (
        <p className="text-small text-ink-3">Nothing was said about it lately.</p>
      )}
      {lines.length > 0 && <Lines lines={lines} />}
    </Section>
  );
}

function Lines({ lines }: { lines: JobLogPage['lines'] }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const list = end.current?.parentElement;
    // Who reads further up stays there.
    if (lines.length > 0 && list && list.scrollHeight - list.scrollTop - list.clientHeight < 80)
      list.scrollTop = list.scrollHeight;
  }, [lines.length]);
  return (
    <ScrollArea label="Log">
      <div
        className="max-h-80 min-w-[560px] overflow-y-auto rounded-control bg-well p-3 font-mono text-small"
        role="log"
        aria-label="What the workers say"
        {...REACHABLE}
      >
        {lines.map(({ id, time, level, worker, stage, index, text, cause }) => (
          <p
            key={id}
            className={level === 'error' || level === 'fatal' ? 'text-red' : level === 'warn' ? 'text-amber' : ''}
          >
            <time dateTime={time} title={formatMoment(time)} className="text-ink-3">
              {new Date(time).toLocaleTimeString('en-GB')}
            </time>{' '}
            <span className="text-ink-3">{worker}</span>{' '}
            {stage && `${STAGE_WORDS[stage]}${index ? ` ${index + 1}` : ''}: `}
            {text}
            {cause !== null && cause !== text && ` (${cause})`}
          </p>
        ))}
        <div ref={end} />
      </div>
    </ScrollArea>
  );
}
