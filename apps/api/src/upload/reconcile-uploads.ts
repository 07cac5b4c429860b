import { TranscodeError } from '@transcode/contracts';
import type { UploadDeps } from './deps.ts';
import { finishUpload } from './finish-upload.ts';

const AT_ONCE = 20;

/** Finishes uploads that have every byte, and whose request died before it could; says how many. */
export async function finishReceivedUploads(deps: UploadDeps): Promise<number> {
  const rows = await deps.db.upload.findMany({
    where: { state: 'receiving', verifyFrom: null, size: { equals: deps.db.upload.fields.offset } },
    select: { id: true },
    orderBy: { updatedAt: 'asc' },
    take: AT_ONCE,
  });
  let finished = 0;
  for (const { id } of rows) {
    try {
      await finishUpload(deps, id);
      finished += 1;
    } catch (error) {
      // Its own request is at it, as a rule; or its copy is not made yet.
      if (error instanceof TranscodeError && ['upload_locked', 'upload_copy_pending'].includes(error.code)) continue;
      // The others would fare alike.
      if (error instanceof TranscodeError && error.blame === 'outage') throw error;
      deps.log.error({ err: error, upload_id: id }, 'A received upload could not be finished');
      // To the end of the line, so that it keeps up no other.
      await deps.db.upload.update({ where: { id }, data: { updatedAt: new Date() } });
    }
  }
  return finished;
}
