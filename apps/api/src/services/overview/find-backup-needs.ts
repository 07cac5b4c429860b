import { isGood } from '@transcode/backup/read';
import type { Need } from '@transcode/contracts';
import type { Services } from '../../context.ts';
import { backupViews } from '../../views/backup-view.ts';

/** The page does not wait for a store longer than this. */
const PATIENCE_MS = 1_000;
/** Two nights: from here on somebody is woken, too. */
const BROKEN_MS = 50 * 3600 * 1000;

/** What of backups somebody has to look after; nothing where nobody has said where they are. */
export async function findBackupNeeds({ backups }: Services): Promise<Need[]> {
  if (backups === undefined) return [];
  const { contents, trouble } = await backups.reader.readWithin(PATIENCE_MS);
  const needs: Need[] = [];
  if (trouble !== undefined) needs.push({ kind: 'backupStoreAway', severity: 'held', reason: trouble });
  // What is being restored just now neither counts yet nor is it wrong.
  const newest = contents && backupViews(contents).find(({ at, outcome }) => at !== null && outcome !== 'unproven');
  if (newest?.sentence && newest.at !== null) {
    const lastGood = contents?.backups.findLast(isGood)?.manifest.begunAt ?? null;
    const isOld = lastGood === null || Date.now() - Date.parse(lastGood) > BROKEN_MS;
    const severity = isOld ? 'broken' : 'held';
    needs.push({ kind: 'backupFailed', severity, at: newest.at, sentence: newest.sentence, lastGood });
  }
  if (backups.sameDisk) needs.push({ kind: 'backupsOnSameDisk', severity: 'notice' });
  return needs;
}
