'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { counted, type JobLogPage } from '@transcode/contracts';
import { Button, formatMoment, Skeleton } from '@transcode/ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import { explain } from '../../lib/explain.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useTRPCClient } from '../../lib/trpc.ts';
import { REACHABLE } from '../shell/scroll-area.tsx';
import { useCopy } from '../shell/use-copy.ts';
import { Section } from '../video/section.tsx';
import { lineWords, linesWith, logText, type LogLine } from './log-lines.ts';

const FOLLOW_MS = 2_000;

interface LogSectionProps {
  readonly jobId: string;
  /** Of the video, for the name of the file. */
  readonly name: string;
  readonly isOver: boolean;
}

/** What workers say about the job, as they say it, with what ffmpeg said to them. Only what is new is asked for. */
export function LogSection({ jobId, name, isOver }: LogSectionProps) {
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
  const lines = useMemo(() => data?.pages.flatMap((page) => page.lines) ?? [], [data]);
  const [search, setSearch] = useState('');
  const shown = useMemo(() => linesWith(lines, search), [lines, search]);
  return (
    <Section title="Log" note="What workers and their ffmpeg said about it in the last 24 hours">
      {log.isPending && <Skeleton className="h-24 w-full" />}
      {log.isError && lines.length === 0 && <p className="text-small text-amber">{explain(log.error).sentence}</p>}
      {log.isSuccess && lines.length === 0 && (
        <p className="text-small text-ink-3">Nothing was said about it lately.</p>
      )}
      {lines.length > 0 && (
        <>
          <LogBar name={name} jobId={jobId} search={search} onSearch={setSearch} shown={shown} of={lines.length} />
          <Lines lines={shown} />
        </>
      )}
    </Section>
  );
}

interface LogBarProps {
  readonly name: string;
  readonly jobId: string;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly shown: readonly LogLine[];
  /** Of how many entries those are. */
  readonly of: number;
}

/** Finds in the log, and takes along what was found. */
function LogBar({ name, jobId, search, onSearch, shown, of }: LogBarProps) {
  const { said, copy } = useCopy();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <input
        type="search"
        aria-label="Find in the log"
        placeholder="Find in the log"
        value={search}
        onChange={(event) => onSearch(event.target.value)}
        className="h-8 w-full min-w-0 rounded-control border border-edge bg-raised px-2 text-small text-ink sm:w-72"
      />
      <span className="text-small text-ink-3" aria-live="polite">
        {search.trim() === ''
          ? counted(of, 'entry', 'entries')
          : `${shown.length} of ${counted(of, 'entry', 'entries')}`}
      </span>
      <Button
        small
        icon="copy"
        className="sm:ml-auto"
        disabled={shown.length === 0}
        onClick={() => void copy(logText(shown))}
      >
        <span aria-live="polite">{said ?? 'Copy'}</span>
      </Button>
      <Button
        small
        icon="download"
        disabled={shown.length === 0}
        onClick={() =>
          saveFile(`${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}-${jobId}.log`, 'text/plain', logText(shown))
        }
      >
        Download
      </Button>
    </div>
  );
}

function Lines({ lines }: { lines: readonly LogLine[] }) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    // Who reads further up stays there.
    if (lines.length > 0 && list.current && isAtEnd.current) list.current.scrollTop = list.current.scrollHeight;
  }, [lines]);
  return (
    <div
      ref={list}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 80;
      }}
      className="max-h-96 overflow-auto rounded-control bg-well p-3 font-mono text-small break-words focus-visible:outline-offset-[-2px]"
      role="log"
      aria-label="What the workers say"
      {...REACHABLE}
    >
      {lines.length === 0 && <p className="text-ink-3">Nothing in the log has this.</p>}
      {lines.map((line) => (
        <Line key={line.id} line={line} />
      ))}
    </div>
  );
}

const TONES: Readonly<Record<string, string>> = { error: 'text-red', fatal: 'text-red', warn: 'text-amber' };

function Line({ line }: { line: LogLine }) {
  const { time, level, worker, said } = line;
  return (
    <>
      <p className={TONES[level] ?? ''}>
        <time dateTime={time} title={formatMoment(time)} className="text-ink-3">
          {new Date(time).toLocaleTimeString('en-GB')}
        </time>{' '}
        <span className="text-ink-3">{worker}</span> {lineWords(line)}
      </p>
      {said.length > 0 && (
        <pre className="my-1 ml-4 border-l border-line pl-3 font-mono whitespace-pre-wrap text-ink-2" data-said>
          {said.join('\n')}
        </pre>
      )}
    </>
  );
}
