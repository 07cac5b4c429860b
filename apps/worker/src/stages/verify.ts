import { Plan, PublishedFolder } from '@transcode/contracts';
import { finishedChunks } from '../published/finished-chunks.ts';
import type { StageHandler } from '../task-context.ts';
import { verifyPublished } from '../verify/verify-published.ts';

/** Earns the word `ready`. What does not pass fails the video, with a sentence that says where it is wrong. */
export const verify: StageHandler = async (context) => {
  const { job } = context.claim;
  const { notes } = await verifyPublished(context, {
    plan: Plan.parse(job.plan),
    published: PublishedFolder.parse(job.published),
    chunks: await finishedChunks(context.db, job),
  });
  return async (tx) => {
    if (notes.length > 0) await tx.job.update({ where: { id: job.id }, data: { notes: { push: notes } } });
  };
};
