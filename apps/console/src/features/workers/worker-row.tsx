import { classesWords, WORKER_HEARTBEAT_MS, type WorkerView, type WorkScope } from '@transcode/contracts';
import { formatBytes, formatExact, Time } from '@transcode/ui';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ControlMenu } from './control-menu.tsx';
import { Slot } from './slot.tsx';
import { slotLines } from './slot-lines.ts';
import { WorkerState } from './worker-state.tsx';

interface WorkerRowProps {
  readonly worker: WorkerView;
  readonly onPause: (scope: WorkScope) => void;
  readonly onDrain: (scope: WorkScope) => void;
  readonly onResume: (scope: WorkScope) => void;
}

/** One worker: who and where, what it does slot by slot, and what it takes of its machine. */
export function WorkerRow({ worker, ...actions }: WorkerRowProps) {
  const { id, host, version, classes, state, sample, cores, quarantine, slots } = worker;
  const { lines, hidden } = slotLines(worker);
  const own = worker.controls.find(({ scope }) => scope === `worker:${id}`);
  const total = slots.reduce((sum, slot) => sum + slot.total, 0);
  const free = lines.findIndex(({ task }) => task === undefined);
  return (
    <tr data-worker={id}>
      <th scope="row" className="block-whole worker-name">
        <Link
          href={`/workers/${encodeURIComponent(id)}`}
          prefetch={false}
          className="flex h-8 items-center font-medium underline-offset-4 hover:underline"
        >
          <span className="truncate" title={id}>
            {id}
          </span>
        </Link>
        <div className="truncate pb-2 font-normal text-ink-3" title={`${host}, version ${version}`}>
          {host} · {version} · {classesWords(classes)}
        </div>
      </th>
      <td className="block-whole">
        <div className="flex h-8 items-center">
          <WorkerState state={state} />
        </div>
        {own !== undefined && (
          <div className="pb-2 text-ink-3">
            by {own.by}, <Time at={own.at} />
          </div>
        )}
        {worker.restarted !== null && (
          <div
            className="pb-2 text-amber"
            title={`Its process before, ${worker.restarted.pidBefore}, went without a word`}
          >
            started anew <Time at={worker.restarted.at} />
          </div>
        )}
        {own === undefined && quarantine !== null && <Time at={quarantine.since} className="pb-2 text-ink-3" />}
      </td>
      <td className="block-whole">
        {lines.map(({ key, task }, at) =>
          at === free && quarantine !== null ? (
            <Quarantine key={key} {...quarantine} />
          ) : (
            <Slot key={key} task={task} held={state !== 'active'} />
          ),
        )}
        {hidden > 0 && (
          <Link
            href={`/workers/${encodeURIComponent(id)}`}
            prefetch={false}
            className="text-ink-2 underline underline-offset-4"
          >
            {hidden} more
          </Link>
        )}
      </td>
      <Number label="CPU" title={sample ? `Load ${sample.loadAverage.toFixed(2)} over one minute` : undefined}>
        {sample ? `${sample.cpuCores.toFixed(1)}${cores === null ? '' : ` / ${cores}`}` : '–'}
      </Number>
      <Number label="Memory" title={sample ? formatExact(sample.memoryBytes, 'bytes') : undefined}>
        {sample ? formatBytes(sample.memoryBytes) : '–'}
      </Number>
      <Number
        label="Scratch free"
        title={
          sample ? `${formatBytes(sample.scratchFreeBytes)} of ${formatBytes(sample.scratchTotalBytes)}` : undefined
        }
      >
        {sample ? formatBytes(sample.scratchFreeBytes) : '–'}
      </Number>
      <Number label="Slots">
        {worker.tasks.length} / {total}
      </Number>
      <td className="worker-menu">
        <ControlMenu workerId={id} own={own} {...actions} />
      </td>
    </tr>
  );
}

/** In the place of a free slot, so that no row moves when it begins. */
function Quarantine({ reason, until }: { reason: string; until: string }) {
  const words = `${reason || 'Its last tasks died of their surroundings.'} It checks itself ${untilWords(until)}.`;
  return (
    <p className="flex h-8 items-center text-red">
      <span className="truncate" title={words}>
        {words}
      </span>
    </p>
  );
}

function Number({ label, title, children }: { label: string; title?: string | undefined; children: ReactNode }) {
  return (
    <td className="block-figure" data-label={label} title={title}>
      {children}
    </td>
  );
}

/** A worker tells it with its heartbeat: what is that near is now. */
function untilWords(until: string): string {
  const seconds = Math.round((new Date(until).getTime() - Date.now()) / 1000);
  return seconds <= WORKER_HEARTBEAT_MS / 1000 ? 'now' : `in ${seconds} s`;
}
