'use client';
import { MAINTENANCE_KINDS, OPERATION_STATES } from '@transcode/contracts';
import { Button, EmptyState } from '@transcode/ui';
import { useMemo } from 'react';
import { explain } from '../../lib/explain.ts';
import { Choice, Toggle, toggled } from '../jobs/filter-controls.tsx';
import { STATE_WORDS } from '../jobs/job-words.ts';
import { KindSwitch } from '../jobs/kind-switch.tsx';
import { LoadingRows } from '../jobs/loading-rows.tsx';
import { useRowKeys } from '../jobs/use-row-keys.ts';
import { isNarrowed, operationQueryText, parseOperationQuery, type OperationQuery } from './operation-query.ts';
import { KIND_WORDS, pathOf } from './operation-words.ts';
import { OperationsTable } from './operations-table.tsx';
import { useOperations } from './use-operations.ts';
import '../jobs/jobs.css';
import './operations.css';

/** The work that is no video's, newest first, as Jobs shows it. `text`: its address, which holds what it is narrowed to. */
export function OperationsPage({ text }: { text: string }) {
  const query = useMemo(() => parseOperationQuery(new URLSearchParams(text)), [text]);
  const list = useOperations(query);
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const at = useRowKeys({ rows, hrefOf: pathOf });
  const narrowed = isNarrowed(query);
  return (
    <div className="jobs-page">
      <h1 className="sr-only">Jobs: maintenance</h1>
      <search className="flex flex-wrap items-center gap-2 pb-4">
        <KindSwitch kind="maintenance" />
        <fieldset className="flex flex-wrap gap-1">
          <legend className="sr-only">State</legend>
          {OPERATION_STATES.map((state) => (
            <Toggle
              key={state}
              on={query.state.includes(state)}
              onClick={() => change({ ...query, state: toggled(query.state, state) })}
            >
              {STATE_WORDS[state]}
            </Toggle>
          ))}
        </fieldset>
        <Choice
          label="Work"
          all="Any work"
          value={query.work}
          options={MAINTENANCE_KINDS.map((kind) => [kind, KIND_WORDS[kind]] as const)}
          onChange={(value) => change({ ...query, work: MAINTENANCE_KINDS.find((one) => one === value) ?? '' })}
        />
        {narrowed && (
          <Button small kind="quiet" icon="close" onClick={() => change(ALL)}>
            Show all
          </Button>
        )}
      </search>
      {list.isPending && <LoadingRows />}
      {list.isError && rows.length === 0 && (
        <EmptyState
          title="The maintenance could not be loaded"
          action={<Button onClick={() => void list.refetch()}>Try again</Button>}
        >
          {explain(list.error).sentence}
        </EmptyState>
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          title={narrowed ? 'Nothing fits' : 'No maintenance yet'}
          action={narrowed && <Button onClick={() => change(ALL)}>Show all maintenance</Button>}
        >
          {narrowed
            ? 'No maintenance is in this state and of this kind. Take a filter away to see more.'
            : 'Backups, drills, restores and erasures are listed here, each with its steps. The first backup is made at night, or now under Backups.'}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <OperationsTable
          rows={rows}
          at={at}
          isOld={list.isError}
          more={{ exist: list.hasNextPage, busy: list.isFetchingNextPage, load: () => void list.fetchNextPage() }}
        />
      )}
    </div>
  );
}

const ALL: OperationQuery = { state: [], work: '' };

function change(query: OperationQuery): void {
  history.replaceState(null, '', `/jobs?${operationQueryText(query)}`);
}
