import { isDeepStrictEqual } from 'node:util';
import type { VideoPlan } from '@transcode/backup';
import { TranscodeError, type TableChange } from '@transcode/contracts';
import { Refusal } from '../refusal.ts';
import { counted } from './in-words.ts';

/** What whoever asks lets a restore of videos do. */
export interface MayDo {
  /** Also where rows of one that are there would be other ones then. */
  replace?: boolean;
  /** Also where nobody has all that one is played from. */
  incomplete?: boolean;
  /** What somebody has seen and agreed to; where anything else would change, nothing does. */
  agreed?: readonly TableChange[];
}

export const changesAnything = ({ changes, objects }: VideoPlan): boolean =>
  objects.copied.length > 0 || changes.some(({ added, replaced }) => added + replaced > 0);

export const rowsOf = ({ changes }: VideoPlan, what: 'added' | 'replaced'): number =>
  changes.reduce((sum, change) => sum + change[what], 0);

/** Refused unless all that it would do was allowed. */
export function demandLeave(plan: VideoPlan, may: MayDo): void {
  if (may.agreed !== undefined && !isDeepStrictEqual(may.agreed, plan.changes))
    throw new TranscodeError('restore_video_busy', {
      video: plan.id,
      reason: 'its rows are not those any more that were looked at',
    });
  const replaced = rowsOf(plan, 'replaced');
  if (replaced > 0 && may.replace !== true)
    throw new Refusal(
      `${counted(replaced, 'row')} of the video would be replaced. --replace does so, after a backup of what is there.`,
    );
  const lost = plan.objects.lostPlayed.length;
  if (lost > 0 && may.incomplete !== true)
    throw new Refusal(
      `Nobody has ${counted(lost, 'object')} that it takes to play the video. --incomplete brings back what there is.`,
    );
}

const NAMED = 3;

/** The first of them, where there are too many to name all. */
export const namedOf = (keys: readonly string[]): string[] => keys.slice(0, NAMED);

export function named(keys: readonly string[]): string {
  const more = keys.length > NAMED ? ` and ${keys.length - NAMED} more` : '';
  return namedOf(keys).join(', ') + more;
}
