import { classesWords, isThere, type WorkerDetail, type WorkScope } from '@transcode/contracts';
import { Button, Disclosure, formatBytes, Icon, Time } from '@transcode/ui';
import Link from 'next/link';
import { useState } from 'react';
import { Section } from '../video/section.tsx';
import { ControlsList } from './controls-list.tsx';
import { DrainDialog } from './drain-dialog.tsx';
import { Slot } from './slot.tsx';
import { useControlWork } from './use-control-work.ts';
import { WhatBecameOfIt } from './what-became-of-it.tsx';
import { WorkerCharts } from './worker-charts.tsx';
import { wallWords } from './worker-words.ts';
import { WorkerState } from './worker-state.tsx';

/** One worker: what it does, how it was over the last hour, what it is. */
export function WorkerDetailView({ worker }: { worker: WorkerDetail }) {
  const { id, state, tasks, controls, quarantine, slots } = worker;
  const work = useControlWork();
  const [draining, setDraining] = useState<WorkScope>();
  const scope: WorkScope = `worker:${id}`;
  const own = controls.find((control) => control.scope === scope);
  return (
    <>
      <Link href="/workers" className="inline-flex items-center gap-1 text-small text-ink-2 hover:text-ink">
        <Icon name="back" className="size-3.5" />
        All workers
      </Link>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pt-1 pb-6">
        <h1 className="text-title font-medium">{id}</h1>
        <span className="text-small">
          <WorkerState state={state} />
        </span>
        {isThere(state) && (
          <div className="ml-auto flex gap-2">
            {own?.state !== 'paused' && (
              <Button small icon="pause" busy={work.isBusy} onClick={() => work.pause(scope)}>
                Pause
              </Button>
            )}
            {own?.state !== 'draining' && (
              <Button small icon="drain" busy={work.isBusy} onClick={() => setDraining(scope)}>
                Drain…
              </Button>
            )}
          </div>
        )}
      </div>
      <WhatBecameOfIt worker={worker} />
      <ControlsList controls={controls} workers={[worker]} busy={work.isBusy} onResume={work.resume} />
      {quarantine !== null && (
        <output className="mb-6 block rounded-control border border-red px-3 py-2 text-small text-red">
          In quarantine since <Time at={quarantine.since} />:{' '}
          {quarantine.reason || 'its last tasks died of their surroundings.'} It takes nothing, checks storage, scratch
          and ffmpeg, and goes on by itself when they are well.
        </output>
      )}
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex min-w-0 flex-col gap-8">
          <Section
            title="Does now"
            note={slots.map((slot) => `${classesWords([slot.class])} ${slot.used} of ${slot.total}`).join(' · ')}
          >
            <div className="border-y border-line text-small">
              {tasks.length === 0 && <p className="flex h-8 items-center text-ink-3">Nothing is under way.</p>}
              {tasks.map((task) => (
                <Slot key={task.id} task={task} held={state !== 'active'} />
              ))}
            </div>
          </Section>
          <WorkerCharts worker={worker} />
        </div>
        <Facts worker={worker} />
      </div>
      <DrainDialog scope={draining} workers={[worker]} onDrain={work.drain} onClose={() => setDraining(undefined)} />
    </>
  );
}

function Facts({ worker }: { worker: WorkerDetail }) {
  const { sample } = worker;
  const facts: readonly (readonly [string, string])[] = [
    ['Machine', worker.host],
    ['Process', String(worker.pid)],
    ['Version', worker.version],
    ['Classes', classesWords(worker.classes)],
    ['Cores', worker.cores === null ? 'not told' : String(worker.cores)],
    ['Load, 1 min', sample === null ? 'not told' : sample.loadAverage.toFixed(2)],
    [
      'Machine memory',
      sample === null
        ? 'not told'
        : `${formatBytes(sample.machineUsedBytes)} of ${formatBytes(sample.machineTotalBytes)}`,
    ],
    [
      'Scratch free',
      sample === null
        ? 'not told'
        : `${formatBytes(sample.scratchFreeBytes)} of ${formatBytes(sample.scratchTotalBytes)}`,
    ],
    ['ffmpeg', worker.ffmpeg],
    ['ffmpeg is kept in by', wallWords(worker.walls)],
  ];
  return (
    <Section title="What it is">
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-small">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <dt className="text-ink-3">Started</dt>
        <dd>
          <Time at={worker.startedAt} />
        </dd>
        <dt className="text-ink-3">Last heard</dt>
        <dd>
          <Time at={worker.seenAt} />
        </dd>
      </dl>
      <div className="text-small">
        <Disclosure title="How its ffmpeg is built">
          <pre className="font-mono text-small whitespace-pre-wrap text-ink-2">{worker.ffmpegBuild}</pre>
        </Disclosure>
      </div>
    </Section>
  );
}
