import { BACKUP_RUNNER_SILENT_MS } from '@transcode/contracts';
import type { Database } from '../database.ts';
import type { BackupRunner } from '../generated/client.ts';

/** Says that somebody is there who runs backups, and when next. */
export async function beatBackupRunner(
  db: Database,
  { host, nextBackupAt, nextDrillAt }: Pick<BackupRunner, 'host' | 'nextBackupAt' | 'nextDrillAt'>,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "BackupRunner" ("host", "seenAt", "nextBackupAt", "nextDrillAt") VALUES (${host}, now(), ${nextBackupAt}, ${nextDrillAt})
    ON CONFLICT ("host") DO UPDATE SET "seenAt" = now(), "nextBackupAt" = EXCLUDED."nextBackupAt", "nextDrillAt" = EXCLUDED."nextDrillAt"`;
}

export async function leaveBackupRunner(db: Database, host: string): Promise<void> {
  await db.backupRunner.deleteMany({ where: { host } });
}

/** Who was heard lately; undefined where nobody runs backups beside this database. */
export async function findBackupRunner(db: Database): Promise<BackupRunner | undefined> {
  const [row] = await db.$queryRaw<BackupRunner[]>`
    SELECT * FROM "BackupRunner" WHERE "seenAt" > now() - make_interval(secs => ${BACKUP_RUNNER_SILENT_MS / 1000})
    ORDER BY "seenAt" DESC LIMIT 1`;
  return row;
}
