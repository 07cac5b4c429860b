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
  if (trouble !== undefined) {
    const meaning = `While it is away no backup is made, and none can be restored. ${trouble}`;
    const title = 'The store of backups cannot be read';
    needs.push({ kind: 'backups', severity: 'held', how: 'storeAway', title, meaning });
  }
  // What is being restored just now neither counts yet nor is it wrong.
  const newest = contents && backupViews(contents).find(({ at, outcome }) => at !== null && outcome !== 'unproven');
  if (newest?.sentence && newest.at !== null) {
    const lastGood = contents?.backups.findLast(isGood)?.manifest.begunAt ?? null;
    const isOld = lastGood === null || Date.now() - Date.parse(lastGood) > BROKEN_MS;
    const lost = lastGood === null ? 'No backup counts yet.' : 'The older ones are as they were.';
    needs.push({
      ...{ kind: 'backups', severity: isOld ? 'broken' : 'held', how: 'failed', title: 'The last backup failed' },
      meaning: `${newest.sentence} ${lost}`,
    });
  }
  if (backups.sameDisk) {
    const meaning =
      'If it is lost, they are lost with it. Set BACKUP_URL to another disk or a bucket, and start again.';
    const title = 'Backups are on the disk that they protect';
    needs.push({ kind: 'backups', severity: 'notice', how: 'sameDisk', title, meaning });
  }
  return needs;
}
