import type { JobState } from '@transcode/contracts';
import type { Database } from '../database.ts';

interface OneJob {
  id: string;
  state: JobState;
}

export interface NeededKeys {
  keys: ReadonlySet<string>;
  /** Jobs whose own output nobody needs any more. */
  superseded: readonly string[];
}

/**
 * Every key that somebody may still want of a video: what is published, and what a new try would go on with. Nobody needs what
 * came before a completed job, but for what that job itself has taken over.
 */
export async function neededKeys(
  db: Database,
  video: { id: string; workspaceId: string; publishedJobId: string | null },
): Promise<NeededKeys> {
  const folder = `w/${video.workspaceId}/v/${video.id}/`;
  const jobs = await db.job.findMany({
    where: { videoId: video.id },
    select: { id: true, state: true },
    orderBy: { id: 'asc' },
  });
  const keys = new Set<string>();
  const completed = jobs.findLastIndex(({ state }) => state === 'completed');
  const isNeeded = ({ id }: OneJob, position: number): boolean => position >= completed || id === video.publishedJobId;
  for (const { id: jobId } of jobs.filter(isNeeded)) {
    const { published } = await db.job.findUniqueOrThrow({ where: { id: jobId }, select: { published: true } });
    addKeys(keys, published, folder);
    for (const { result } of await db.chunk.findMany({ where: { jobId, state: 'done' }, select: { result: true } })) {
      addKeys(keys, result, folder);
    }
  }
  return { keys, superseded: jobs.filter((job, position) => !isNeeded(job, position)).map(({ id }) => id) };
}

/** Whatever looks like a key of this video, wherever it stands: what a later version adds to the rows is needed, too. */
function addKeys(keys: Set<string>, value: unknown, folder: string): void {
  if (typeof value === 'string') {
    if (value.startsWith(folder)) keys.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) addKeys(keys, part, folder);
  }
}
