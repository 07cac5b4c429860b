import { counted, type ErasureView } from '@transcode/contracts';
import { formatMoment } from '@transcode/ui';

const KINDS: Readonly<Record<ErasureView['kind'], string>> = { video: 'Video', user: 'User', workspace: 'Workspace' };

export const kindWords = ({ kind }: ErasureView): string => KINDS[kind];

/** Who asked; a person or a key that is gone has no name any more. */
export function askedByWords({ askedBy }: ErasureView): string {
  if (askedBy === null) return 'Somebody at the command line';
  if (askedBy.kind === 'key') return askedBy.name === null ? 'A key that is gone' : `API key “${askedBy.name}”`;
  return askedBy.name ?? 'Somebody who is gone';
}

/** What went, once all has. */
export function goneWords({ erasedAt, rows, objects, reappliedAt }: ErasureView): string {
  if (erasedAt === null) return 'Under way …';
  const gone = `${counted(rows, 'row')}, ${counted(objects, 'object')}`;
  return reappliedAt === null ? gone : `${gone}; once more after a restore`;
}

/** What backups still have of it. */
export function backupsWords({ erasedAt, backups, tombstoneAt }: ErasureView, now: Date): string {
  if (erasedAt === null) return '–';
  if (backups === null) return 'No backups are kept';
  const { until, left } = backups;
  if (left === 0) return 'None has it';
  const untold = tombstoneAt === null ? '. Their store has not heard of it yet: a restore would bring it back' : '';
  const which = left === null ? 'Older ones have it' : `${counted(left, 'older one')} may have it`;
  const when = Date.parse(until) < now.getTime() ? 'longer than usual' : `until ${formatMoment(until)}`;
  return `${which} ${when}${untold}`;
}
