import { forgetSupersededJobs, neededKeys } from '@transcode/db';
import type { UnsweptVideo } from '@transcode/db';
import type { Services } from '../context.ts';
import type { Turn } from './step.ts';

/** Objects deleted by one request. */
const BATCH = 1_000;

/** Removes what no row names of the jobs that have ended; says how many, or undefined if it was not to go on to the end. */
export async function removeLosers(
  { db, storage }: Pick<Services, 'db' | 'storage'>,
  video: UnsweptVideo,
  turn: Turn,
): Promise<number | undefined> {
  // Whatever begins from here on has another id, and takes over only what is needed already. What has ended since has not rested.
  const jobs = await db.job.findMany({
    where: { videoId: video.id, state: { in: ['completed', 'failed', 'canceled'] }, endedAt: { lt: video.foundAt } },
    select: { id: true },
  });
  const { keys: needed, superseded } = await neededKeys(db, video);
  let removed = 0;
  const remove = async (keys: readonly string[]): Promise<boolean> => {
    if (!turn.goesOn()) return false;
    await storage.delete(keys);
    removed += keys.length;
    return true;
  };
  for (const { id } of jobs) {
    let losers: string[] = [];
    for await (const { key } of storage.list(`w/${video.workspaceId}/v/${video.id}/${id}/`)) {
      if (needed.has(key)) continue;
      losers.push(key);
      if (losers.length < BATCH) continue;
      if (!(await remove(losers))) return undefined;
      losers = [];
    }
    if (losers.length > 0 && !(await remove(losers))) return undefined;
  }
  if (superseded.length > 0) await forgetSupersededJobs(db, superseded);
  return removed;
}
