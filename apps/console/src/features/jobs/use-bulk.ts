'use client';
import { BULK_NAMED, type BulkOutcome } from '@transcode/contracts';
import { useTRPCClient } from '../../lib/trpc.ts';
import type { BulkDeed } from './bulk-dialog.tsx';
import type { JobFilter } from './job-query.ts';
import type { Selection } from './selection.ts';

export type BulkFilter = JobFilter & { readonly endedSince?: string };
type Call = { ids: string[] } | { filter: BulkFilter };

interface Bulk {
  /** How many it would be done to. */
  readonly count: () => Promise<BulkOutcome>;
  /** Does it to all of them, however many calls that takes; tells how many are done, and answers with that. */
  readonly run: (onDone: (count: number) => void) => Promise<number>;
}

/** A deed done to a selection, in calls of the size that the API takes. */
export function useBulk(deed: BulkDeed, selection: Selection, filter: BulkFilter): Bulk {
  const { jobs } = useTRPCClient();
  const call = (which: Call & { cursor?: string; dryRun?: boolean }): Promise<BulkOutcome> => {
    if (deed.kind === 'priority') return jobs.setPriority.mutate({ ...which, priority: deed.priority });
    return deed.kind === 'cancel' ? jobs.cancelMany.mutate(which) : jobs.retryMany.mutate(which);
  };
  const calls: Call[] = selection.kind === 'filter' ? [{ filter }] : named([...selection.ids]);
  return {
    count: async () => {
      const counted = await Promise.all(calls.map((which) => call({ ...which, dryRun: true })));
      return {
        count: sum(counted.map(({ count }) => count)),
        skipped: sum(counted.map(({ skipped }) => skipped)),
        more: counted.some(({ more }) => more),
        nextCursor: null,
      };
    },
    run: async (onDone) => {
      let done = 0;
      for (const which of calls) {
        let cursor: string | null = null;
        do {
          const outcome: BulkOutcome = await call({ ...which, ...(cursor !== null && { cursor }) });
          done += outcome.count;
          cursor = outcome.nextCursor;
          onDone(done);
        } while (cursor !== null);
      }
      return done;
    },
  };
}

function named(ids: readonly string[]): Call[] {
  return Array.from({ length: Math.ceil(ids.length / BULK_NAMED) }, (_, at) => ({
    ids: ids.slice(at * BULK_NAMED, (at + 1) * BULK_NAMED),
  }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
