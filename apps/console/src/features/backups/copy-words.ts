import { nounFor, type CopiesView } from '@transcode/contracts';
import { formatBytes, formatSpan } from '@transcode/ui';
import type { Told } from './backup-words.ts';

/** When alerts say so, too. */
const LATE_SECONDS = { held: 15 * 60, broken: 6 * 3600 } as const;

/** What one looks for first: whether all is there, and else how far behind it is. */
export function copyWords({ lagSeconds, waitingObjects, waitingBytes, trouble, synchronous }: CopiesView): Told {
  if (trouble !== null) {
    const meaning = synchronous ? 'No upload is finished' : 'Nothing is copied';
    return { words: `${meaning} just now. ${trouble}`, tone: synchronous ? 'broken' : 'held' };
  }
  if (waitingObjects === 0) return { words: 'All objects that videos need are there', tone: 'well' };
  const noun = nounFor(waitingObjects, 'object');
  const words = `${formatSpan(lagSeconds)} behind: ${waitingObjects.toLocaleString('en')} ${noun} (${formatBytes(waitingBytes)}) to copy`;
  const tone = lagSeconds > LATE_SECONDS.broken ? 'broken' : lagSeconds > LATE_SECONDS.held ? 'held' : 'well';
  return { words, tone };
}

/** What fails for its own sake; undefined where nothing does. */
export function failureWords({ failedObjects, failure }: CopiesView): string | undefined {
  if (failedObjects === 0) return undefined;
  const count = `${failedObjects.toLocaleString('en')} ${nounFor(failedObjects, 'object')} could not be copied and will be tried again.`;
  return failure === null ? count : `${count} One of them: ${failure}`;
}

/** When it was last made sure that all is there. */
export function comparedWords({ comparedAt }: CopiesView, now: Date): string {
  if (comparedAt === null) return 'All is being compared for the first time.';
  return `All was compared ${formatSpan((now.getTime() - Date.parse(comparedAt)) / 1_000)} ago.`;
}
