import { counted, nounFor, type BackupView, type OperationView, type VideoRestorePlan } from '@transcode/contracts';
import { formatMoment } from '@transcode/ui';

/** It counts, and no restore has made it of what that was to change. */
export const canBeTaken = ({ outcome, reason }: BackupView): boolean => outcome === 'good' && reason !== 'restore';

/** What was seen is shown for so long: what is there goes on. */
const FRESH_MS = 3_600_000;

/** The dry run to go on from: the last one, unless something was restored since or it is long ago. */
export function lastLook(operations: readonly OperationView[], now: Date): OperationView | undefined {
  const last = operations.find(
    ({ kind, state }) => kind === 'restorePlan' || (kind === 'restore' && state === 'completed'),
  );
  const isFresh = last?.endedAt && now.getTime() - Date.parse(last.endedAt) < FRESH_MS;
  return last?.kind === 'restorePlan' && last.found !== null && isFresh ? last : undefined;
}

/** What a choice among backups says of each. */
export function backupChoice({ at, encrypted }: BackupView, place: number): string {
  const newest = place === 0 ? ', the newest' : '';
  return `${at === null ? 'Nobody knows when' : formatMoment(at)}${newest}${encrypted ? ', encrypted' : ''}`;
}

export function sumOf(plan: VideoRestorePlan, what: 'added' | 'replaced' | 'same'): number {
  return plan.changes.reduce((sum, change) => sum + change[what], 0);
}

export function changesAnything(plan: VideoRestorePlan): boolean {
  return sumOf(plan, 'added') + sumOf(plan, 'replaced') + plan.objects.fetched > 0;
}

/** `"Video"` is `Video`: as people write it. */
export const tableName = (table: string): string => table.replaceAll('"', '');

/** What would become of its objects, and of work that was under way. */
export function consequences({ objects, canceledJobs }: VideoRestorePlan): string[] {
  const { there, fetched, lost, lostPlayed } = objects;
  const isAll = fetched + lost === 0;
  const told = [
    isAll
      ? `All of its ${counted(there, 'object')} are in the storage.`
      : `${counted(there, 'object')} of it ${nounFor(there, 'is', 'are')} in the storage.`,
  ];
  if (fetched > 0)
    told.push(
      `${counted(fetched, 'object')} ${nounFor(fetched, 'is', 'are')} only in the second store, and ${nounFor(fetched, 'is', 'are')} fetched from there.`,
    );
  if (lost > 0)
    told.push(
      `Nobody has ${counted(lost, 'object')} of it${lostPlayed > 0 ? `, and it takes ${lostPlayed.toLocaleString('en')} of them to play it` : ': it plays without'}.`,
    );
  if (canceledJobs > 0)
    told.push(
      `${counted(canceledJobs, 'job')} that had not ended then ${nounFor(canceledJobs, 'comes', 'come')} back canceled; Retry begins anew.`,
    );
  return told;
}
