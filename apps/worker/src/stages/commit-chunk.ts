import { TranscodeError, type ChunkIndex, type MediaKind } from '@transcode/contracts';
import type { ClaimedTask } from '@transcode/db';
import type { StageCommit } from '../task-context.ts';

/** Makes this claim's segments the chunk's, and holds every rendition to one encoder. */
export function commitChunk({ job, task, token }: ClaimedTask, kind: MediaKind, result: ChunkIndex): StageCommit {
  return async (tx) => {
    await tx.chunk.update({
      where: { jobId_kind_index: { jobId: job.id, kind, index: task.index } },
      data: { state: 'done', token, result, doneAt: new Date() },
    });
    for (const { rendition: name, fingerprint, codec } of result.renditions) {
      const { count } = await tx.rendition.updateMany({
        where: { jobId: job.id, name, OR: [{ fingerprint: null }, { fingerprint }] },
        data: { fingerprint, codec },
      });
      if (count === 0) {
        throw new TranscodeError('encode_failed', {
          reason: `${name} was begun by another encoder than this worker's`,
        });
      }
    }
  };
}
