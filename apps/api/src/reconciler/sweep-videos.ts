import { SWEEP_AFTER_MS, TranscodeError } from '@transcode/contracts';
import { eraseVideo, findUnsweptVideos, hasCopies, jobsOfVideo, markSwept } from '@transcode/db';
import type { UnsweptVideo } from '@transcode/db';
import type { Services } from '../context.ts';
import type { Step, Turn } from './step.ts';
import { removeLosers } from './remove-losers.ts';

/** Videos of one round. */
const AT_ONCE = 20;

type SweepDeps = Pick<Services, 'db' | 'storage' | 'jobLogs' | 'log'>;

/**
 * Rids storage of what nobody needs, video by video, once they rest: segments and packages of claims that did not win, and of runs
 * that another has followed. Of a deleted video everything goes, although a worker has erased it: another may have been late.
 */
export function sweepVideos(deps: SweepDeps): Step['run'] {
  let after: string | undefined;
  return async (turn) => {
    const videos = await findUnsweptVideos(deps.db, { restedMs: SWEEP_AFTER_MS, after, limit: AT_ONCE });
    // One that cannot be swept is tried again when all others have had their turn.
    after = videos.length < AT_ONCE ? undefined : videos.at(-1)?.id;
    for (const video of videos) {
      if (!turn.goesOn()) return;
      try {
        await sweep(deps, video, turn);
      } catch (error) {
        // The others would fare alike.
        if (error instanceof TranscodeError && error.blame === 'outage') throw error;
        deps.log.error({ err: error, video_id: video.id }, 'What nobody needs of a video could not be removed');
      }
    }
  };
}

async function sweep({ db, storage, jobLogs, log }: SweepDeps, video: UnsweptVideo, turn: Turn): Promise<void> {
  const { id, workspaceId, sourceKey } = video;
  let objects: number | undefined;
  if (video.isDeleted) {
    objects = await storage.deletePrefix(`w/${workspaceId}/v/${id}/`);
    await storage.growing(sourceKey, { expectedBytes: 1 }).abort();
    if ((await storage.head(sourceKey)) !== undefined) objects += 1;
    await storage.delete([sourceKey]);
    await jobLogs.forget(await jobsOfVideo(db, id));
  } else {
    objects = await removeLosers({ db, storage }, video, turn);
    if (objects === undefined) return;
  }
  // Its receipt says so only once nothing is left, in the second store neither: whoever dies in between does it once more.
  if (video.isDeleted) {
    if (await hasCopies(db, id)) return;
    await eraseVideo(db, video, objects);
  }
  await markSwept(db, video);
  if (objects > 0) log.info({ video_id: id, count: objects }, 'Objects that nobody needs were removed');
}
