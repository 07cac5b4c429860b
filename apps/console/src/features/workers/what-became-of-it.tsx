import type { WorkerView } from '@transcode/contracts';
import { Icon, Time } from '@transcode/ui';
import Link from 'next/link';
import { goneWords } from './worker-words.ts';

/** That a worker is gone and why it is thought so, who came in its place, or that it is itself the one that was started anew. */
export function WhatBecameOfIt({ worker: { gone, restarted } }: { worker: Pick<WorkerView, 'gone' | 'restarted'> }) {
  if (gone !== null) {
    return (
      <output className="mb-6 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control border border-red px-3 py-2 text-small">
        <Icon name="alert" className="size-3.5 text-red" />
        <span className="text-red">
          Gone since <Time at={gone.since} />: {goneWords(gone)}.
        </span>
        <span className="text-ink-2">
          {gone.successor === null ? (
            'Nothing was started in its place. Other workers take its tasks.'
          ) : (
            <>
              Started in its place: <Successor id={gone.successor} />
            </>
          )}
        </span>
      </output>
    );
  }
  if (restarted === null) return null;
  return (
    <output className="mb-6 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control border border-amber px-3 py-2 text-small">
      <Icon name="retry" className="size-3.5 text-amber" />
      <span>
        Started anew <Time at={restarted.at} />
      </span>
      <span className="text-ink-2">
        Its process before, {restarted.pidBefore}, went without a word; last heard <Time at={restarted.seenBefore} />.
        What it had in work was taken by others, or again.
      </span>
    </output>
  );
}

/** The worker in the place of one that is gone. */
export function Successor({ id }: { id: string }) {
  return (
    <Link
      href={`/workers/${encodeURIComponent(id)}`}
      prefetch={false}
      className="font-medium underline underline-offset-4"
    >
      {id}
    </Link>
  );
}
