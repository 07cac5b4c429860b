'use client';
import { useQuery } from '@tanstack/react-query';
import { isThere, type WorkScope } from '@transcode/contracts';
import { Button, EmptyState, Skeleton } from '@transcode/ui';
import { useState } from 'react';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { ControlsList } from './controls-list.tsx';
import { DrainDialog } from './drain-dialog.tsx';
import { LeftWorkers } from './left-workers.tsx';
import { ScopeMenu } from './scope-menu.tsx';
import { useControlWork } from './use-control-work.ts';
import { WorkerRow } from './worker-row.tsx';
import { sumWorkers } from './worker-words.ts';
import '../shell/block-table.css';
import './workers.css';

/** Tasks are told as they go; load, states and who is there are looked at so often. */
const LOOK_MS = 5_000;

export function WorkersPage() {
  const trpc = useTRPC();
  const list = useQuery(trpc.workers.list.queryOptions(undefined, { refetchInterval: LOOK_MS }));
  const work = useControlWork();
  const [draining, setDraining] = useState<WorkScope>();
  if (list.data === undefined) {
    return list.isPending ? (
      <Loading />
    ) : (
      <Failed sentence={explain(list.error).sentence} onRetry={() => void list.refetch()} />
    );
  }
  const { items, controls } = list.data;
  const alive = items.filter(({ state }) => isThere(state));
  const left = items.filter(({ state }) => !isThere(state));
  const sum = sumWorkers(alive);
  const classes = [...new Set(alive.flatMap((worker) => worker.classes))].toSorted();
  const wide = controls.filter(({ scope }) => !scope.startsWith('worker:'));
  return (
    <>
      <div className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-2 pb-4">
        <h1 className="text-title font-medium">Workers</h1>
        {alive.length > 0 && (
          <p className="text-small text-ink-2">
            {sum.states.join(' · ')} · {sum.used} of {sum.slots} slots in use
          </p>
        )}
        <div className="ml-auto">
          <ScopeMenu classes={classes} controls={controls} onPause={work.pause} onDrain={setDraining} />
        </div>
      </div>
      <ControlsList controls={wide} workers={alive} busy={work.isBusy} onResume={work.resume} />
      {alive.length === 0 ? (
        <EmptyState title="No worker is there">
          Videos wait until one is. Start some with{' '}
          <code className="font-mono text-small">./transcode up --workers 2</code>, or start the worker process on
          another machine with the same database, Redis and storage.
        </EmptyState>
      ) : (
        <table className="block-table worker-table">
          <Head />
          <tbody>
            {alive.map((worker) => (
              <WorkerRow
                key={worker.id}
                worker={worker}
                onPause={work.pause}
                onDrain={setDraining}
                onResume={work.resume}
              />
            ))}
          </tbody>
        </table>
      )}
      <LeftWorkers workers={left} />
      <DrainDialog scope={draining} workers={alive} onDrain={work.drain} onClose={() => setDraining(undefined)} />
    </>
  );
}

function Head() {
  return (
    <>
      <colgroup>
        <col style={{ width: '17%' }} />
        <col style={{ width: '15%' }} />
        <col />
        <col style={{ width: 88 }} />
        <col style={{ width: 96 }} />
        <col style={{ width: 104 }} />
        <col style={{ width: 72 }} />
        <col style={{ width: 40 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Worker</th>
          <th scope="col">State</th>
          <th scope="col">Does now</th>
          <th scope="col" className="block-figure">
            CPU, cores
          </th>
          <th scope="col" className="block-figure">
            Memory
          </th>
          <th scope="col" className="block-figure">
            Scratch free
          </th>
          <th scope="col" className="block-figure">
            Slots
          </th>
          <th scope="col">
            <span className="sr-only">More</span>
          </th>
        </tr>
      </thead>
    </>
  );
}

function Loading() {
  return (
    <>
      <h1 className="min-h-10 pb-4 text-title font-medium">Workers</h1>
      <div aria-hidden="true" className="flex flex-col gap-px pt-8">
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} className="h-[72px]" />
        ))}
      </div>
    </>
  );
}

function Failed({ sentence, onRetry }: { sentence: string; onRetry: () => void }) {
  return (
    <EmptyState title="The workers could not be loaded" action={<Button onClick={onRetry}>Try again</Button>}>
      {sentence}
    </EmptyState>
  );
}
