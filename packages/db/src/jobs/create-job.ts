import { STAGE_SHAPES, TranscodeError, type Preset, type Priority, type Stage } from '@transcode/contracts';
import { addTasks } from '../tasks/add-tasks.ts';
import type { Transaction } from '../database.ts';
import { findPreset } from '../find-preset.ts';
import type { Job } from '../generated/client.ts';
import { lockVideo, type LockedVideo } from '../videos/lock-video.ts';
import type { ReadyTask } from '../tasks/ready-task.ts';
import { releaseReadyTasks } from '../tasks/release-ready-tasks.ts';

/**
 * How much the stages are that come before a plan, as `workOf` of packages/planner says it of the others. To read a file takes longer the
 * larger it is.
 */
const WORK: Partial<Record<Stage, number>> = { probe: 1, plan: 0.3, erase: 0.5 };
const PROBED_BYTES_PER_SECOND = 100e6;

interface JobOwner {
  id: string;
  workspaceId: string;
}

interface CreatedJob {
  job: Job;
  /** To be delivered once the transaction stands. */
  released: ReadyTask[];
}

interface NewJob {
  readonly video: JobOwner;
  readonly preset: string;
  readonly priority: Priority;
  /** What it came from: the span that all its work is a part of, and the request. */
  readonly origin?: { readonly traceparent?: string | null; readonly requestId?: string | null };
}

/** Begins a journey: `probe` is queued and `plan` waits for it; `plan` adds the rest. One journey a video at a time. */
export async function createJob(
  tx: Transaction,
  { video, preset, priority, origin = {} }: NewJob,
): Promise<CreatedJob> {
  const { state, title, sourceBytes } = await lockIdle(tx, video);
  if (state === 'deleted') throw new TranscodeError('not_found', { what: 'video' });
  await tx.video.updateMany({
    where: { id: video.id, state: { in: ['uploading', 'failed', 'canceled'] } },
    data: { state: 'processing', failureCode: null, failureText: null, failureTail: null },
  });
  // Where it is gone, planning says so: an upload that is whole must not hang on it.
  const presetDefinition = await findPreset(tx, video.workspaceId, preset);
  return begin(tx, video, {
    ...{ videoTitle: title, preset, priority, stages: ['probe', 'plan'], sourceBytes: Number(sourceBytes) },
    ...(presetDefinition === undefined ? {} : { presetDefinition }),
    ...origin,
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
    sourceBytes = 0,
    ...data
  }: {
    videoTitle: string;
    preset: string;
    presetDefinition?: Preset;
    priority: Priority;
    stages: readonly Stage[];
    sourceBytes?: number;
    videoDeleted?: boolean;
    traceparent?: string | null;
    requestId?: string | null;
  },
): Promise<CreatedJob> {
  const job = await tx.job.create({ data: { ...data, workspaceId: video.workspaceId, videoId: video.id } });
  await addTasks(
    tx,
    job.id,
    stages.map((stage) => ({
      ...{ stage, index: 0, after: STAGE_SHAPES[stage].after },
      work: (WORK[stage] ?? 1) + (stage === 'probe' ? sourceBytes / PROBED_BYTES_PER_SECOND : 0),
    })),
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
