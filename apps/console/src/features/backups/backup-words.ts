import { nounFor, type BackupsView, type BackupView, type DrillView } from '@transcode/contracts';
import { formatMoment, formatSpan } from '@transcode/ui';

/** How long ago it was made, as a person says it: `3 h`, `2 d 4 h`. */
export function ageWords(at: string, now: Date): string {
  return formatSpan((now.getTime() - Date.parse(at)) / 1_000);
}

const REASONS: Readonly<Record<NonNullable<BackupView['reason']>, string>> = {
  schedule: 'by schedule',
  asked: 'asked for',
  upgrade: 'before an upgrade',
  restore: 'before a restore',
};

export function reasonWords({ reason }: BackupView): string {
  return reason === null ? '' : REASONS[reason];
}

export interface Told {
  readonly words: string;
  readonly tone: 'well' | 'held' | 'broken';
}

/** How it is shown. */
export const TONES: Readonly<Record<Told['tone'], string>> = {
  ...{ well: 'text-ink', held: 'text-amber', broken: 'text-red' },
};

/** What it is worth, in a word or two. */
export function outcomeWords({ outcome, missingObjects }: BackupView): Told {
  switch (outcome) {
    case 'good':
      return missingObjects === 0
        ? { words: 'Restored', tone: 'well' }
        : {
            words: `Restored, but ${missingObjects.toLocaleString('en')} ${nounFor(missingObjects, 'object')} lost`,
            tone: 'held',
          };
    case 'unproven':
      return { words: 'Not restored yet', tone: 'held' };
    case 'failed':
      return { words: 'Failed', tone: 'broken' };
    case 'bad':
    case 'damaged':
      break;
  }
  return { words: 'Does not count', tone: 'broken' };
}

/** What one looks for first: whether there is one, and how old it is. */
export function lastGoodWords({ store, lastGood }: BackupsView, now: Date): Told {
  if (store === null) return { words: 'Nobody has said where backups are', tone: 'held' };
  const at = lastGood?.at ?? null;
  if (at === null) return { words: 'No backup counts yet', tone: 'held' };
  const hours = (now.getTime() - Date.parse(at)) / 3_600_000;
  const tone = hours > LATE_HOURS.broken ? 'broken' : hours > LATE_HOURS.held ? 'held' : 'well';
  return { words: `The last good backup is ${ageWords(at, now)} old`, tone };
}

/** When alerts say so, too. */
const LATE_HOURS = { held: 26, broken: 50 } as const;

/** When the next ones come by themselves. */
export function nextWords({ runner }: BackupsView, now: Date): string | undefined {
  if (runner === null) return undefined;
  const [backup, drill] = [runner.nextBackupAt, runner.nextDrillAt].map((at) => at && comesWords(at, now));
  return drill === null
    ? `Next backup ${backup}. No drill: backups are encrypted, and their private key is not here.`
    : `Next backup ${backup}, next drill ${drill}.`;
}

function comesWords(at: string, now: Date): string {
  const seconds = (Date.parse(at) - now.getTime()) / 1_000;
  return seconds <= 0 ? 'now' : `in ${formatSpan(seconds)}`;
}

export function drillWords({ passed, played, read, sentence }: DrillView): Told {
  if (!passed) return { words: sentence ?? 'Failed', tone: 'broken' };
  if (played) return { words: 'Passed: a video played', tone: 'well' };
  const words = read ? 'Passed: rows restored, a video read whole' : 'Passed: there was no video to play';
  return { words, tone: 'well' };
}

/** The moment for a tooltip. */
export const exactly = (at: string | null): string | undefined => (at === null ? undefined : formatMoment(at));
