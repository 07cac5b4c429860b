import { ChunkIndex, type JobNames } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import type { FinishedChunks } from '../packager/assemble.ts';
import { packageFailed } from '../packager/package-failed.ts';

/** What the winners of a job's chunks left in storage. */
export async function finishedChunks(db: Database, job: JobNames): Promise<FinishedChunks> {
  const rows = await db.chunk.findMany({ where: { jobId: job.id }, orderBy: { index: 'asc' } });
  const indexOf = (row: (typeof rows)[number]): ChunkIndex => {
    if (row.state !== 'done') throw packageFailed(`chunk ${row.index} of the ${row.kind} is not done`);
    return ChunkIndex.parse(row.result);
  };
  const audio = rows.find((row) => row.kind === 'audio');
  return {
    video: rows.filter((row) => row.kind === 'video').map(indexOf),
    audio: audio === undefined ? undefined : indexOf(audio),
    job,
  };
}
