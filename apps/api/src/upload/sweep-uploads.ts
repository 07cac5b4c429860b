import { TranscodeError } from '@transcode/contracts';
import { abandonUpload, removeBytes } from './abandon-upload.ts';
import type { UploadDeps } from './deps.ts';
import { dropOverdueLeases } from './lease.ts';

type SweepDeps = Pick<UploadDeps, 'db' | 'storage' | 'events' | 'log'>;

const AT_ONCE = 100;

/** Ends uploads that nobody went on with, or whose video was deleted, and removes what came of them; says how many. */
export async function sweepUploads(deps: SweepDeps): Promise<number> {
  const { db } = deps;
  const receiving = { state: 'receiving' as const };
  const expired = await db.upload.findMany({
    where: { ...receiving, expiresAt: { lt: new Date() } },
    orderBy: { expiresAt: 'asc' },
    take: AT_ONCE,
  });
  const deleted = await db.upload.findMany({ where: { ...receiving, video: { state: 'deleted' } }, take: AT_ONCE });
  // Those whose end was told, but whose bytes were not gone yet when whoever did it died, or storage was away.
  const ended = await db.upload.findMany({
    where: { state: { in: ['canceled', 'expired'] }, sweptAt: null },
    orderBy: { updatedAt: 'asc' },
    take: AT_ONCE,
  });
  const swept = [
    ...(await eachOf(deps, deleted, ({ id }) => abandonUpload(deps, id, 'canceled'))),
    ...(await eachOf(deps, expired, ({ id }) => abandonUpload(deps, id, 'expired'))),
    ...(await eachOf(deps, ended, async (row) => {
      await removeBytes(deps, row);
      return true;
    })),
  ];
  await dropOverdueLeases(db);
  return swept.filter(Boolean).length;
}

async function eachOf<R extends { id: string }>(
  { log }: SweepDeps,
  rows: readonly R[],
  sweep: (row: R) => Promise<boolean>,
): Promise<boolean[]> {
  const swept: boolean[] = [];
  for (const row of rows) {
    try {
      swept.push(await sweep(row));
    } catch (error) {
      if (error instanceof TranscodeError && error.code === 'upload_locked') continue;
      // The others would fare alike.
      if (error instanceof TranscodeError && error.blame === 'outage') throw error;
      log.error({ err: error, upload_id: row.id }, 'What came of an upload could not be removed');
    }
  }
  return swept;
}
