import { TranscodeError } from '@transcode/contracts';
import type { Readable } from '../backup-store.ts';
import { listTombstones } from '../erasures/tombstones.ts';
import type { Ask } from './rows.ts';

interface Ids {
  readonly id: string;
  readonly workspaceId: string;
}

/** What the store of backups was told of: a database that is behind it, or another one, may not know. */
export async function demandNotErased(
  tombstones: Readable,
  { id, workspaceId }: { id: string; workspaceId?: string },
): Promise<void> {
  for (const { kind, subjectId } of await listTombstones(tombstones)) {
    if (kind === 'video' && subjectId === id) throw erased(id, 'it');
    if (kind === 'workspace' && subjectId === workspaceId) throw erased(id, 'its workspace');
  }
}

/**
 * Throws where a video may not come back, or not just now: it was deleted, work on it is under way, or what its last work left is still
 * to be swept by keys that were needed before. Within a transaction that holds its rows, it stays as it was found.
 */
export async function demandRestorable(living: Ask, { id, workspaceId }: Ids): Promise<void> {
  const [found] = await living<Record<'video' | 'space' | 'there' | 'work' | 'sweep', boolean>>(
    `SELECT
      EXISTS (SELECT 1 FROM "Erasure" WHERE "kind" = 'video' AND "subjectId" = $1::uuid)
        OR EXISTS (SELECT 1 FROM "Video" WHERE "id" = $1::uuid AND "state" = 'deleted') AS "video",
      EXISTS (SELECT 1 FROM "Erasure" WHERE "kind" = 'workspace' AND "subjectId" = $2::uuid)
        OR EXISTS (SELECT 1 FROM "Workspace" WHERE "id" = $2::uuid AND "erasingAt" IS NOT NULL) AS "space",
      EXISTS (SELECT 1 FROM "Workspace" WHERE "id" = $2::uuid) AS "there",
      EXISTS (
        SELECT 1 FROM "Job" j LEFT JOIN "Task" t ON t."jobId" = j."id" WHERE j."videoId" = $1::uuid
          AND (j."state" IN ('queued', 'running') OR t."state" IN ('blocked', 'queued', 'running'))
      ) OR EXISTS (SELECT 1 FROM "Video" WHERE "id" = $1::uuid AND "state" = 'uploading') AS "work",
      EXISTS (SELECT 1 FROM "Job" WHERE "videoId" = $1::uuid AND "sweptAt" IS NULL) AS "sweep"`,
    [id, workspaceId],
  );
  if (found?.video === true) throw erased(id, 'it');
  if (found?.space === true) throw erased(id, 'its workspace');
  if (found?.there !== true) throw erased(id, 'its workspace');
  if (found.work) throw busy(id, 'it is being worked on, which has to end or to be canceled first');
  if (found.sweep) throw busy(id, 'what its last work left is still to be removed');
}

export const busy = (video: string, reason: string): TranscodeError =>
  new TranscodeError('restore_video_busy', { video, reason });

const erased = (video: string, what: string): TranscodeError =>
  new TranscodeError('restore_video_erased', { video, what });
