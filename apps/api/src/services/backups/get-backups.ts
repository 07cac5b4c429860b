import type { BackupsView, CopiesView } from '@transcode/contracts';
import { findBackupRunner, readCopyStatus, readCopyTarget, type Database, type Operation } from '@transcode/db';
import type { Services, SignedInContext } from '../../context.ts';
import { backupViews, drillView } from '../../views/backup-view.ts';
import { operationView } from '../../views/operation-view.ts';
import type { BackupReading } from './backup-reader.ts';

const OPERATIONS = 5;
const LISTED = 100;

/** What there is, what is made just now, and by whom. */
export async function getBackups({ services }: SignedInContext): Promise<BackupsView> {
  const { db, backups: place } = services;
  const [runner, operations, copies] = await Promise.all([
    findBackupRunner(db),
    lastOperations(db),
    copiesOf(services),
  ]);
  const reading = await readSince(services, operations);
  const { contents, trouble } = reading ?? {};
  const backups = contents === undefined ? [] : backupViews(contents);
  return {
    store: place === undefined ? null : { url: place.url, sameDisk: place.sameDisk, trouble: trouble ?? null },
    runner:
      runner === undefined
        ? null
        : {
            nextBackupAt: runner.nextBackupAt.toISOString(),
            nextDrillAt: runner.nextDrillAt?.toISOString() ?? null,
          },
    lastGood: backups.find(({ outcome }) => outcome === 'good') ?? null,
    operations: operations.map(operationView),
    backups: backups.slice(0, LISTED),
    drills: (contents?.drills ?? []).toReversed().slice(0, LISTED).map(drillView),
    copies,
  };
}

async function copiesOf({ db, copier }: Services): Promise<CopiesView | null> {
  if (copier === undefined) return null;
  const [{ lagSeconds, waitingObjects, waitingBytes, failedObjects, failure }, target] = await Promise.all([
    readCopyStatus(db),
    readCopyTarget(db),
  ]);
  return {
    ...{ url: copier.url, synchronous: copier.mode === 'synchronous' },
    ...{ lagSeconds, waitingObjects, waitingBytes, failedObjects, failure },
    ...{ trouble: target?.trouble ?? null, comparedAt: target?.comparedAt?.toISOString() ?? null },
  };
}

/** The newest first. */
function lastOperations(db: Database): Promise<Operation[]> {
  return db.operation.findMany({ orderBy: { id: 'desc' }, take: OPERATIONS });
}

/** Whatever ended just now is in it. */
async function readSince({ backups }: Services, operations: readonly Operation[]): Promise<BackupReading | undefined> {
  const ended = Math.max(0, ...operations.map(({ endedAt }) => endedAt?.getTime() ?? 0));
  return backups?.reader.read(performance.now() - (Date.now() - ended));
}
