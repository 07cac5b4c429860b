import { readCopyStatus, readCopyTarget, type Database } from '@transcode/db';
import { measure } from '@transcode/telemetry';
import type { CopyMode } from '../copies/copier.ts';

/** What is not in the second store yet, as Postgres has it. */
export async function measureCopies(db: Database, mode: CopyMode): Promise<void> {
  const [status, target] = await Promise.all([readCopyStatus(db), readCopyTarget(db)]);
  measure.set('copyLagSeconds', {}, status.lagSeconds);
  measure.set('copyWaitingObjects', {}, status.waitingObjects);
  measure.set('copyWaitingBytes', {}, status.waitingBytes);
  measure.set('copyFailedObjects', {}, status.failedObjects);
  measure.set('copyStoreUp', { mode }, Number(target !== null && target.trouble === null));
  if (target?.comparedAt) measure.set('copyComparedAt', {}, target.comparedAt.getTime() / 1_000);
}
