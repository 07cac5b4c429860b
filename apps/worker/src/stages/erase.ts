import { countErasedOfVideo } from '@transcode/db';
import type { StageHandler } from '../task-context.ts';

/**
 * Removes all that a deleted video left in storage: what it became, and its source. Of what a worker writes that has not noticed
 * yet, the reconciler takes care later.
 */
export const erase: StageHandler = async ({ claim: { video }, storage }) => {
  const outputs = await storage.deletePrefix(`w/${video.workspaceId}/v/${video.id}/`);
  const source = await storage.head(video.sourceKey);
  await storage.growing(video.sourceKey, { expectedBytes: Number(video.sourceBytes) }).abort();
  await storage.delete([video.sourceKey]);
  return async (tx) => {
    await tx.video.update({ where: { id: video.id }, data: { publishedJobId: null } });
    await countErasedOfVideo(tx, video, { rows: 0, objects: outputs + (source === undefined ? 0 : 1) });
  };
};
