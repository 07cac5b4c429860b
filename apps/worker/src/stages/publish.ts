import { Plan, PublishedFolder, Quality, TranscodeError, type OutboxMessage } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import { demandObjects } from '../published/demand-objects.ts';
import { finishedChunks } from '../published/finished-chunks.ts';
import type { StageHandler } from '../task-context.ts';

/** The video is ready: one transaction tells the database, and the outbox for everyone else. */
export const publish: StageHandler = async ({ claim: { job, video }, db, storage }) => {
  const plan = Plan.parse(job.plan);
  await demandVerified(db, job.id, plan);
  if (plan.qualityFloor !== undefined) {
    const top = await db.rendition.findFirstOrThrow({
      where: { jobId: job.id, kind: 'video' },
      orderBy: { position: 'asc' },
    });
    demandQuality(top.quality, plan.qualityFloor);
  }
  await demandObjects(storage, await finishedChunks(db, job), PublishedFolder.parse(job.published));
  return async (tx) => {
    await tx.video.updateMany({
      where: { id: video.id, state: { in: ['processing', 'playable'] } },
      data: { state: 'ready', readyAt: new Date(), publishedJobId: job.id },
    });
    const ready: OutboxMessage = { topic: 'video.ready', payload: { videoId: video.id, jobId: job.id } };
    await tx.outbox.create({ data: ready });
  };
};

/** A floor that cannot be checked by VMAF is not kept. */
function demandQuality(measured: unknown, floor: number): void {
  const quality = Quality.safeParse(measured);
  if (!quality.success || quality.data.metric !== 'vmaf') {
    throw new TranscodeError('measure_failed', { reason: 'the preset has a quality floor, and there is no VMAF' });
  }
  const { mean } = quality.data;
  if (mean < floor) throw new TranscodeError('quality_below_floor', { mean: mean.toFixed(1), floor });
}

/** The word `ready` says that all of it was checked: the folder and sound, and the picture of every chunk. */
async function demandVerified(db: Database, jobId: string, { chunks }: Plan): Promise<void> {
  const made = await db.task.count({ where: { jobId, stage: 'verify', state: 'completed' } });
  const wanted = 1 + chunks.length;
  if (made !== wanted) throw new TranscodeError('verify_failed', { reason: `${made} of ${wanted} checks were made` });
}
