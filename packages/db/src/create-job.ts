import { STAGE_SHAPES, TranscodeError, type Preset, type Priority, type Stage } from '@transcode/contracts';
import { addTasks } from './add-tasks.ts';
import type { Transaction } from './database.ts';
import { findPreset } from './find-preset.ts';
import type { Job } from './generated/client.ts';
import { lockVideo, type LockedVideo } from './lock-video.ts';
import type { ReadyTask } from './ready-task.ts';
import { releaseReadyTasks } from './release-ready-tasks.ts';

interface JobOwner {
  id: string;
  workspaceId: string;
}

interface CreatedJob {
  job: Job;
  /** To be delivered once the transaction stands. */
  released: ReadyTask[];
}

/** Begins a journey: `probe` is queued and `plan` waits for it; `plan` adds the rest. One journey a video at a time. */
export async function createJob(
  tx: Transaction,
  { video, preset, priority }: { video: JobOwner; preset: string; priority: Priority },
): Promise<CreatedJob> {
  const { state, title } = await lockIdle(tx, video);
  if (state === 'deleted') throw new TranscodeError('not_found', { what: 'video' });
  await tx.video.updateMany({
    where: { id: video.id, state: { in: ['uploading', 'failed', 'canceled'] } },
    data: { state: 'processing', failureCode: null, failureText: null, failureTail: null },
  });
  // Where it is gone, planning says so: an upload that is whole must not hang on it.
  const presetDefinition = await findPreset(tx, video.workspaceId, preset);
  return begin(tx, video, {
    ...{ videoTitle: title, preset, priority, stages: ['probe', 'plan'] },
    ...(presetDefinition === undefined ? {} : { presetDefinition }),
  });
}

/** Begins the removal of a deleted video's objects. */
export async function createEraseJob(
  tx: Transaction,
  { video }: { video: JobOwner & { preset: string } },
): Promise<CreatedJob> {
  const { title } = await lockIdle(tx, video);
  return begin(tx, video, {
    ...{ videoTitle: title, videoDeleted: true },
    ...{ preset: video.preset, priority: 'low', stages: ['erase'] },
  });
}

async function begin(
  tx: Transaction,
  video: JobOwner,
  {
    stages,
    ...data
  }: {
    videoTitle: string;
    preset: string;
    presetDefinition?: Preset;
    priority: Priority;
    stages: readonly Stage[];
    videoDeleted?: boolean;
  },
): Promise<CreatedJob> {
  const job = await tx.job.create({ data: { ...data, workspaceId: video.workspaceId, videoId: video.id } });
  await addTasks(
    tx,
    job.id,
    stages.map((stage) => ({ stage, index: 0, after: STAGE_SHAPES[stage].after })),
  );
  return { job, released: await releaseReadyTasks(tx, job.id) };
}

/** A video that nothing is being done with. Its row is locked, so that of two who begin at the same moment one sees the other's job. */
async function lockIdle(tx: Transaction, { id }: JobOwner): Promise<LockedVideo> {
  const video = await lockVideo(tx, id);
  if (video === undefined) throw new TranscodeError('not_found', { what: 'video' });
  const open = await tx.job.count({ where: { videoId: id, state: { in: ['queued', 'running'] } } });
  if (open > 0) throw new TranscodeError('conflict', { reason: 'This video is being worked on already' });
  return video;
}
