import type { StageHandler } from '../task-context.ts';

/**
 * Removes all that a deleted video left in storage: what it became, and its source. Of what a worker writes that has not noticed
 * yet, the reconciler takes care later.
 */
export const erase: StageHandler = async ({ claim: { video }, storage }) => {
  await storage.deletePrefix(`w/${video.workspaceId}/v/${video.id}/`);
  await storage.growing(video.sourceKey, { expectedBytes: Number(video.sourceBytes) }).abort();
  await storage.delete([video.sourceKey]);
  return async (tx) => {
    await tx.video.update({ where: { id: video.id }, data: { publishedJobId: null } });
  };
};
