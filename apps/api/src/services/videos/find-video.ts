import type { Video } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { found, visibleTo } from '../workspaces/visible.ts';

/** The video, if it is there and may be seen. */
export async function findVideo({ services, identity }: SignedInContext, id: string): Promise<Video> {
  const video = await services.db.video.findFirst({
    where: { id, ...visibleTo(identity), state: { not: 'deleted' } },
  });
  return found(video, 'video');
}
