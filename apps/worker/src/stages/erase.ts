import type { StageHandler } from '../task-context.ts';

/** Removes all that a deleted video left in storage: what it became, and its source. */
export const erase: StageHandler = async ({ claim: { video }, storage }) => {
  await storage.deletePrefix(`w/${video.workspaceId}/v/${video.id}/`);
  await storage.delete([video.sourceKey]);
  return async (tx) => {
    await tx.video.update({ where: { id: video.id }, data: { publishedJobId: null } });
  };
};
