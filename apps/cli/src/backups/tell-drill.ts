import { readDrills, type Drill } from '@transcode/backup';
import { secondsInWords } from './in-words.ts';
import type { BackupPlace } from './place.ts';
import type { Context } from '../context.ts';

/** What came of one. Says the code to end with. */
export function tellDrill({ print, say }: Context, held: Drill): number {
  const { result, backup, reason, rtoSeconds, rpoSeconds, archiveSeconds } = held;
  if (result === 'good') print(`Good: ${backup}, ${provedBy(held)}.`);
  else say(`transcode: The drill with ${backup} failed: ${reason ?? 'unknown'}.`);
  print(`RTO ${secondsInWords(rtoSeconds)}: from nothing to ${reached(held)}.`);
  print(`RPO ${secondsInWords(rpoSeconds)}: what was written since that backup would be lost.`);
  if (archiveSeconds !== undefined)
    print(
      `RPO ${secondsInWords(archiveSeconds)} by WAL, which a drill does not replay: restore --to goes up to there.`,
    );
  return result === 'good' ? 0 : 1;
}

/** Which there were. */
export async function listDrills(context: Context, { store, url }: BackupPlace): Promise<void> {
  const drills = await readDrills(store);
  for (const { at, backup, rtoSeconds, rpoSeconds, result, reason } of drills) {
    const times = `RTO ${secondsInWords(rtoSeconds).padStart(7)}  RPO ${secondsInWords(rpoSeconds).padStart(7)}`;
    const how = reason === undefined ? result : `${result}: ${reason}`;
    context.print(`${at.slice(0, 16).replace('T', ' ')}  ${backup}  ${times}  ${how}`);
  }
  if (drills.length === 0) context.say(`There were no drills with ${url}.`);
}

function provedBy({ video, read }: Drill): string {
  if (video !== undefined) return 'and a video plays';
  if (read !== undefined) return `and all that the video ${read} is played from is there`;
  return 'in which no video is ready to be played';
}

function reached({ result, steps, read }: Drill): string {
  if (result === 'bad') return 'the failure';
  if (steps['start'] !== undefined) return 'a product that works';
  return `all rows${read === undefined ? '' : ' and a video that was read whole'}; nothing was started on them`;
}
