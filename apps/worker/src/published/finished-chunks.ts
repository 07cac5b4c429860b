import { ChunkIndex, type JobNames, type MediaKind } from '@transcode/contracts';
import type { Chunk, Database } from '@transcode/db';
import type { FinishedChunks } from '../packager/assemble.ts';
import { packageFailed } from '../packager/package-failed.ts';

/** What the winners of a job's chunks left in storage. */
export async function finishedChunks(db: Database, job: JobNames): Promise<FinishedChunks> {
  const rows = await db.chunk.findMany({ where: { jobId: job.id }, orderBy: { index: 'asc' } });
  const audio = rows.find((row) => row.kind === 'audio');
  return {
    video: rows.filter((row) => row.kind === 'video').map(indexOf),
    audio: audio === undefined ? undefined : indexOf(audio),
    job,
  };
}

/** What the winner of one chunk left: all that a task needs which looks at no other. */
export async function finishedChunk(
  db: Database,
  job: { id: string },
  { kind, index }: { kind: MediaKind; index: number },
): Promise<ChunkIndex> {
  return indexOf(await db.chunk.findUniqueOrThrow({ where: { jobId_kind_index: { jobId: job.id, kind, index } } }));
}

function indexOf({ state, kind, index, result }: Chunk): ChunkIndex {
  if (state !== 'done') throw packageFailed(`chunk ${index} of the ${kind} is not done`);
  return ChunkIndex.parse(result);
}
