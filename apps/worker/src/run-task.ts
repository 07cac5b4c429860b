import { LEASE_MS, type Progress, type TaskDelivery, type TaskState } from '@transcode/contracts';
import { claimTask, completeTask, type ClaimedTask, type Database } from '@transcode/db';
import { deliver, type EventStream, type Queues } from '@transcode/queue';
import type { ChunkLengths } from '@transcode/planner';
import { openSource, type Source, type Storage } from '@transcode/storage';
import type { Logger } from '@transcode/telemetry';
import { buildHash } from './build-hash.ts';
import { hearCancellation } from './hear-cancellation.ts';
import { sourceInput } from './ffmpeg/source-input.ts';
import { listenForFfmpeg } from './ffmpeg/source-network.ts';
import { holdLease } from './hold-lease.ts';
import { insist } from './insist.ts';
import { JOURNEY } from './journey.ts';
import { measureBegun, measureCompletedJob, measureEnded } from './signals/measure-task.ts';
import { scratchError } from './scratch/scratch-error.ts';
import { openTaskScratch } from './scratch/task-scratch.ts';
import { patientStorage } from './patient-storage.ts';
import { traceTask } from './signals/trace-task.ts';
import { settleTask, type TaskEnd } from './settle-task.ts';
import type { Tools } from './task-context.ts';
import { TaskEvents } from './task-events.ts';

export interface TaskRunner {
  readonly workerId: string;
  readonly db: Database;
  readonly queues: Queues;
  readonly events: EventStream;
  readonly storage: Storage;
  readonly tools: Tools;
  readonly chunkLengths: ChunkLengths;
  readonly scratch: string;
  /** Stays free on the disk of scratch, in bytes; see DISK_RESERVE. */
  readonly reserveBytes?: number | undefined;
  readonly log: Logger;
  /** How long a task waits for a storage that is away; STORAGE_PATIENCE_MS unless told. */
  readonly storagePatienceMs?: number;
}

/**
 * One delivery from the queue, to its end: claim, hold the lease, do the stage's work, commit, wake those who waited for it.
 * `stopping` is aborted when the worker may not finish; the task then goes back without having counted. Undefined: there was
 * nothing to do.
 */
export async function runTask(
  runner: TaskRunner,
  { taskId }: TaskDelivery,
  stopping: AbortSignal,
): Promise<TaskEnd | undefined> {
  const { db, workerId } = runner;
  const build = buildHash(runner.tools.build);
  const claim = await claimTask(db, { taskId, workerId, build, leaseMs: LEASE_MS });
  if (claim === undefined) return undefined;
  const { stage, jobId, index } = claim.task;
  const { workspaceId, requestId } = claim.job;
  const log = runner.log.child({
    task_id: taskId,
    job_id: jobId,
    video_id: claim.video.id,
    workspace_id: workspaceId,
    stage,
    index,
    ...(requestId !== null && { request_id: requestId }),
  });
  let progress: Progress | undefined;
  const lease = holdLease(db, claim, { log, latest: () => progress });
  const deafen = hearCancellation(runner.events, claim, () => lease.check());
  const events = new TaskEvents({ events: runner.events, db, claim });
  const started = performance.now();
  const span = await traceTask(claim, { db, workerId, log });
  span.run(() => log.event('info', 'task_begun', { attempt: claim.token }, 'Task begun'));
  events.task('running');
  await events.states();

  const report = (latest: Progress): void => {
    progress = latest;
    events.progress(latest);
  };
  span.run(() => measureBegun(claim));
  let end: TaskEnd;
  try {
    await span.run(() => work(runner, claim, { stopping, lost: lease.signal, log, report }));
    end = { outcome: 'completed', videoId: claim.video.id, worker: 'well' };
  } catch (error) {
    span.fail(error);
    end = await span.run(() => settleTask(runner, claim, error, { lost: lease.signal, stopping, log }));
  } finally {
    deafen();
    lease.release();
  }
  const { outcome } = end;
  span.set({ 'transcode.task.outcome': outcome });
  span.end();
  const state = STATE_AFTER[outcome];
  if (state !== undefined) events.task(state);
  await events.states();
  const seconds = (performance.now() - started) / 1000;
  span.run(() => {
    const told = { outcome, seconds: Number(seconds.toFixed(3)) };
    log.event('info', 'task_ended', told, `Task ${outcome.replace('_', ' ')}`);
    measureEnded(claim, end, seconds);
  });
  return end;
}

/** What the pages are told; of a task that another has by now, that one tells. */
const STATE_AFTER: Readonly<Record<TaskEnd['outcome'], TaskState | undefined>> = {
  completed: 'completed',
  failed: 'failed',
  retried: 'queued',
  handed_back: 'queued',
  canceled: 'canceled',
  lost: undefined,
};

interface Working {
  readonly stopping: AbortSignal;
  readonly lost: AbortSignal;
  readonly log: Logger;
  readonly report: (progress: Progress) => void;
}

async function work(runner: TaskRunner, claim: ClaimedTask, { stopping, lost, log, report }: Working): Promise<void> {
  const { db, tools, chunkLengths, queues } = runner;
  const { stage } = claim.task;
  const scratch = await openTaskScratch(runner.scratch, stage, { reserveBytes: runner.reserveBytes }).catch(
    (error: unknown) => {
      throw scratchError(error);
    },
  );
  const signal = AbortSignal.any([lost, stopping, scratch.signal]);
  const storage = patientStorage(runner.storage, { until: signal, log, patienceMs: runner.storagePatienceMs });
  let source: Promise<Source> | undefined;
  const tells: (() => void)[] = [];
  try {
    const [done] = await Promise.allSettled([
      JOURNEY[stage]({
        ...{ claim, db, storage, tools, chunkLengths, scratch: scratch.folder, signal, log, report },
        onceCommitted: (tell) => tells.push(tell),
        source: () => (source ??= openInput({ ...runner, storage }, claim)),
      }),
    ]);
    signal.throwIfAborted();
    // Who could not read all of the source may take the rest for damaged, or for all there is.
    const broken = (await source)?.broken();
    if (broken !== undefined) throw broken;
    if (done.status === 'rejected') throw done.reason;
    const { released, jobCompleted } = await insist(() => completeTask(db, claim, done.value), { until: lost, log });
    for (const tell of tells) tell();
    if (jobCompleted) measureCompletedJob(claim);
    await deliver({ queues, log }, released);
  } finally {
    const [opened] = await Promise.allSettled([source]);
    if (opened.status === 'fulfilled') await opened.value?.close();
    await scratch.remove();
  }
}

async function openInput(
  { storage, tools, storagePatienceMs: blockMs }: TaskRunner,
  { video: { sourceKey, sourceBytes } }: ClaimedTask,
): Promise<Source> {
  const options = { listen: listenForFfmpeg, blockMs };
  return sourceInput(await openSource(storage, sourceKey, Number(sourceBytes), options), tools);
}
