import { TranscodeError } from '@transcode/contracts';
import { abandonUpload } from './abandon-upload.ts';
import type { UploadDeps } from './deps.ts';

const AT_ONCE = 100;
/** Leases of writers that died are of no use to anyone after this. */
const OLD_LEASE_MS = 60 * 60 * 1000;

/** Ends uploads that nobody went on with and removes their bytes; says how many. */
export async function sweepExpiredUploads(
  deps: Pick<UploadDeps, 'db' | 'storage' | 'events' | 'log'>,
): Promise<number> {
  const rows = await deps.db.upload.findMany({
    where: { state: 'receiving', expiresAt: { lt: new Date() } },
    select: { id: true },
    orderBy: { expiresAt: 'asc' },
    take: AT_ONCE,
  });
  let swept = 0;
  for (const { id } of rows) {
    try {
      if (await abandonUpload(deps, id, 'expired')) swept += 1;
    } catch (error) {
      if (error instanceof TranscodeError && error.code === 'upload_locked') continue;
      deps.log.error({ err: error, upload_id: id }, 'An expired upload could not be removed');
    }
  }
  await deps.db.uploadLock.deleteMany({ where: { expiresAt: { lt: new Date(Date.now() - OLD_LEASE_MS) } } });
  return swept;
}
