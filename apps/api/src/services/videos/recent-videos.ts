import { PAGE_MAX } from '@transcode/contracts';
import type { Event } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { visibleTo } from '../workspaces/visible.ts';

/** A page that was away for longer takes a new snapshot anyway. */
const LATELY_MS = 10 * 60_000;

/** The states of the videos that are under way, or whose last job ended lately. */
export async function recentVideos({ services, identity }: SignedInContext): Promise<Event[]> {
  const since = new Date(Date.now() - LATELY_MS);
  const videos = await services.db.video.findMany({
    where: {
      ...visibleTo(identity),
      OR: [
        { state: { in: ['uploading', 'processing', 'playable'] } },
        { jobs: { some: { endedAt: { gte: since } } } },
        { deletedAt: { gte: since } },
      ],
    },
    orderBy: { id: 'desc' },
    take: PAGE_MAX,
    select: { id: true, workspaceId: true, state: true },
  });
  return videos.map(({ id, workspaceId, state }) => ({ type: 'video', workspaceId, videoId: id, state }));
}
