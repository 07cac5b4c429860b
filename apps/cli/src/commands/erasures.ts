import { listLocalErasures } from '@transcode/api/local';
import { readBackups, readBases } from '@transcode/backup';
import type { ErasureView } from '@transcode/contracts';
import { createDatabase } from '@transcode/db';
import { findTools } from '@transcode/servers';
import { counted } from '../backups/in-words.ts';
import { withBackupPlace } from '../backups/place.ts';
import { withDatabase } from '../backups/with-database.ts';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import type { Context } from '../context.ts';

interface ErasuresOptions {
  data: string;
  store?: string;
  json?: boolean;
}

/** Prints the receipts of all that was erased, the newest first: a line each, or as the API has them. */
export async function erasures(context: Context, { data, store: given, json }: ErasuresOptions): Promise<number> {
  const folder = dataFolderAt(data);
  const tools = await findTools({ root: context.root, env: context.env });
  const receipts = await withBackupPlace(context, folder, given, async ({ settings, store }) => {
    const there = [...(await readBackups(store)).backups, ...(await readBases(store)).backups];
    const kept = { keptDays: settings.BACKUP_KEPT_DAYS, windowDays: settings.BACKUP_WINDOW_DAYS, there };
    return withDatabase(context, folder, tools, async ({ databaseUrl }) => {
      const db = createDatabase(databaseUrl, { poolSize: 1 });
      try {
        return await listLocalErasures(db, kept);
      } finally {
        await db.$disconnect();
      }
    });
  });
  if (json === true) context.print(JSON.stringify(receipts, null, 2));
  else for (const receipt of receipts) context.print(lineOf(receipt));
  if (receipts.length === 0) context.say('Nothing was erased.');
  return 0;
}

/** `2026-11-30 16:00  video      01890000-…  by Ada                 12 rows, 30 objects  in 3 backups, until 2026-12-31` */
function lineOf({ kind, subjectId, askedBy, askedAt, erasedAt, rows, objects, backups }: ErasureView): string {
  const who = `by ${askedBy === null ? 'the command line' : (askedBy.name ?? askedBy.id)}`;
  const gone = erasedAt === null ? 'under way' : `${counted(rows, 'row')}, ${counted(objects, 'object')}`;
  return [minuteOf(askedAt), kind.padEnd(9), subjectId, who.padEnd(20), gone.padEnd(22), heldBy(backups)]
    .filter((word) => word !== '')
    .join('  ')
    .trimEnd();
}

function heldBy(backups: ErasureView['backups']): string {
  if (backups === null) return '';
  const { left, until } = backups;
  return left === 0
    ? 'in no backup any more'
    : `in ${left === null ? 'backups' : counted(left, 'backup')}, until ${until.slice(0, 10)}`;
}

const minuteOf = (at: string): string => at.slice(0, 16).replace('T', ' ');
