import { BULK_AT_ONCE, BULK_COUNTED } from '@transcode/contracts';
import type { BulkOutcome, JobState } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { readSelection, type JobSelection } from './job-selection.ts';

interface Deed {
  /** In these states it means something. */
  readonly states: readonly JobState[];
  /** Does it to one job; false where it meant nothing any more. */
  readonly act: (id: string) => Promise<boolean>;
  /** Those it means something for, where the state alone does not say. */
  readonly among?: (ids: readonly string[]) => Promise<readonly string[]>;
}

/** Does something to each of the selected jobs, each in a transaction of its own, a part of them at a time; or counts them. */
export async function forSelectedJobs(
  context: SignedInContext,
  selection: JobSelection,
  { states, act, among = (ids) => Promise.resolve(ids) }: Deed,
): Promise<BulkOutcome> {
  if (selection.dryRun) return countSelected(context, selection, { states, among });
  const { ids, next } = await readSelection(context, selection, {
    ...{ states, cursor: selection.cursor, limit: BULK_AT_ONCE },
  });
  let count = 0;
  for (const id of await among(ids)) count += (await act(id)) ? 1 : 0;
  const meant = selection.ids?.length ?? ids.length;
  return { count, skipped: meant - count, more: false, nextCursor: next ?? null };
}

async function countSelected(
  context: SignedInContext,
  selection: JobSelection,
  { states, among }: Pick<Required<Deed>, 'states' | 'among'>,
): Promise<BulkOutcome> {
  let { cursor } = selection;
  let count = 0;
  let seen = 0;
  do {
    const { ids, next } = await readSelection(context, selection, { states, cursor, limit: BULK_COUNTED });
    count += (await among(ids)).length;
    seen += ids.length;
    cursor = next;
  } while (cursor !== undefined && seen < BULK_COUNTED);
  return { count, skipped: (selection.ids?.length ?? count) - count, more: cursor !== undefined, nextCursor: null };
}
