import { Plan, Probe, PublishedFolder } from '@transcode/contracts';
import { finishedChunk } from '../published/finished-chunks.ts';
import type { StageHandler } from '../task-context.ts';
import { verifyChunk } from '../verify/verify-chunk.ts';
import { verifyFailed } from '../verify/verify-failed.ts';
import { verifyFolder } from '../verify/verify-folder.ts';

/**
 * Earns the word `ready`, in parts that a pool shares and of which each may die alone: task 0 checks the folder and all sound, task
 * n + 1 the picture of chunk n. What does not pass fails the video, with a sentence that says where it is wrong.
 */
export const verify: StageHandler = async (context) => {
  const { task, job, video } = context.claim;
  const plan = Plan.parse(job.plan);
  const whole = { plan, published: PublishedFolder.parse(job.published), job };
  if (task.index === 0) {
    const sound = plan.audio.length > 0 ? await finishedChunk(context.db, job, { kind: 'audio', index: 0 }) : undefined;
    const { notes } = await verifyFolder(context, { ...whole, sound });
    return async (tx) => {
      if (notes.length > 0) await tx.job.update({ where: { id: job.id }, data: { notes: { push: notes } } });
    };
  }
  const chunk = plan.chunks[task.index - 1];
  if (chunk === undefined) throw verifyFailed(`the plan has no chunk ${task.index - 1}`);
  const committed = await finishedChunk(context.db, job, { kind: 'video', index: chunk.index });
  await verifyChunk(context, { ...whole, probe: Probe.parse(video.probe), chunk, committed });
  return () => Promise.resolve();
};
