'use client';
import { counted } from '@transcode/contracts';
import { Button, EmptyState } from '@transcode/ui';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { explain } from '../../lib/explain.ts';
import { ForRole } from '../shell/for-role.tsx';
import { useMayAct } from '../shell/me-context.tsx';
import { patiently } from '../shell/patiently.ts';
import { BulkBar } from './bulk-bar.tsx';
import { JobFilters, type CauseChoice } from './job-filters.tsx';
import { changedQueryText, jobFilterOf, parseJobQuery, type JobQueryChange } from './job-query.ts';
import { JobsTable } from './jobs-table.tsx';
import { LoadingRows } from './loading-rows.tsx';
import { isEmpty, NOTHING, toggleRow, type Selection } from './selection.ts';
import { NEWEST_COUNTED, useJobs } from './use-jobs.ts';
import { useRowKeys } from './use-row-keys.ts';
import './jobs.css';

/** What comes with who looks at maintenance. */
const OperationsPage = dynamic(
  () => patiently(() => import('../operations/operations-page.tsx')).then((module) => module.OperationsPage),
  { loading: () => <LoadingRows /> },
);

/** Every run of every video, or the work that is no video's. The address holds what it is narrowed to. */
export function JobsPage({ causes }: { causes: readonly CauseChoice[] }) {
  const params = useSearchParams();
  const text = params.toString();
  if (params.get('kind') === 'maintenance')
    return (
      <ForRole role="admin">
        <OperationsPage text={text} />
      </ForRole>
    );
  return <VideoJobs causes={causes} text={text} />;
}

/** Runs of videos, newest first. */
function VideoJobs({ causes, text }: { causes: readonly CauseChoice[]; text: string }) {
  const query = useMemo(() => parseJobQuery(new URLSearchParams(text)), [text]);
  const { list, rows, newer, showNewest, onSeen, refreshSeen } = useJobs(query, text);
  const [chosen, setChosen] = useState<{ text: string; selection: Selection }>({ text, selection: NOTHING });
  // What was chosen among other rows is chosen no more.
  const selection = chosen.text === text ? chosen.selection : NOTHING;
  const select = useCallback((next: Selection) => setChosen({ text, selection: next }), [text]);
  // The same for all pages: rows that are on the screen are not drawn again because more were loaded.
  const latest = useRef({ selection, rows });
  useEffect(() => {
    latest.current = { selection, rows };
  });
  const onToggle = useCallback(
    (id: string, isRange: boolean) =>
      select(toggleRow(latest.current.selection, id, { isRange, rows: latest.current.rows })),
    [select],
  );
  const mayEdit = useMayAct('editor');
  const at = useRowKeys({ rows, hrefOf: jobPath, onToggle: mayEdit ? onToggle : undefined });
  const isNarrowed = text !== '';
  // A search goes on by itself until it has found something, but not for ever.
  const isSearchingOn = list.isSuccess && rows.length === 0 && list.hasNextPage;

  return (
    <div className="jobs-page">
      <h1 className="sr-only">Jobs</h1>
      <JobFilters query={query} causes={causes} onChange={change} />
      <BulkBar
        selection={selection}
        filter={() => jobFilterOf(query, new Date())}
        onSelect={select}
        onDone={() => {
          select(NOTHING);
          refreshSeen();
        }}
        canSelect={mayEdit && rows.length > 0}
        loaded={rows.length}
        hasMore={list.hasNextPage}
      >
        {newer > 0 && (
          <Button small onClick={() => void showNewest()}>
            {newer === NEWEST_COUNTED ? `Show ${NEWEST_COUNTED} or more new jobs` : `Show ${counted(newer, 'new job')}`}
          </Button>
        )}
      </BulkBar>
      {list.isPending && <LoadingRows />}
      {list.isError && rows.length === 0 && (
        <EmptyState
          title="The jobs could not be loaded"
          action={<Button onClick={() => void list.refetch()}>Try again</Button>}
        >
          {explain(list.error).sentence}
        </EmptyState>
      )}
      {list.isSuccess && rows.length === 0 && !isSearchingOn && (
        <EmptyState
          title={isNarrowed ? 'No job fits' : 'No jobs yet'}
          action={
            isNarrowed && (
              <Button onClick={() => change(() => parseJobQuery(new URLSearchParams()))}>Show all jobs</Button>
            )
          }
        >
          {isNarrowed
            ? 'No job is in this state, of this kind and time. Take a filter away to see more.'
            : 'A job is one run of a video from its file to its renditions. The first begins when the first upload is whole.'}
        </EmptyState>
      )}
      {isSearchingOn && (
        <EmptyState
          title="Nothing among the newest jobs"
          action={
            <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Search older jobs
            </Button>
          }
        >
          No job there has “{query.search.trim()}” in the title of its video.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <JobsTable
          key={text}
          rows={rows}
          selection={mayEdit ? selection : undefined}
          onToggle={onToggle}
          onSeen={onSeen}
          more={{
            exist: list.hasNextPage,
            failed: list.isFetchNextPageError,
            load: () => {
              if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
            },
          }}
          isChosen={!isEmpty(selection)}
          at={at}
        />
      )}
    </div>
  );
}

const jobPath = ({ id }: { id: string }): string => `/jobs/${id}`;

function change(by: JobQueryChange): void {
  const address = changedQueryText(location.search, by);
  history.replaceState(null, '', address === '' ? '/jobs' : `/jobs?${address}`);
}
