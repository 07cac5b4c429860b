import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { LEASE_MS, TranscodeError, type Progress, type TaskDelivery } from '@transcode/contracts';
import { claimTask, completeTask, failTask, handBackTask, type ClaimedTask, type Database } from '@transcode/db';
import type { EventStream, Queues } from '@transcode/queue';
import type { ChunkLengths } from '@transcode/planner';
import { openSource, type Source, type Storage } from '@transcode/storage';
import type { Logger, Metrics } from '@transcode/telemetry';
import { buildHash } from './build-hash.ts';
import { failureOf } from './failure-of.ts';
import { holdLease } from './hold-lease.ts';
import { JOURNEY } from './journey.ts';
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
  readonly log: Logger;
  readonly metrics: Metrics;
}

type Outcome = 'completed' | 'failed' | 'retried' | 'lost' | 'handed_back';

/**
 * One delivery from the queue, to its end: claim, hold the lease, do the stage's work, commit, wake those who waited for it.
 * `stopping` is aborted when the worker may not finish; the task then goes back without having counted.
 */
export async function runTask(runner: TaskRunner, { taskId }: TaskDelivery, stopping: AbortSignal): Promise<void> {
  const { db, workerId, metrics } = runner;
  const claim = await claimTask(db, { taskId, workerId, build: buildHash(runner.tools.build), leaseMs: LEASE_MS });
  if (claim === undefined) return;
  const { stage, jobId, index } = claim.task;
  const log = runner.log.child({ task_id: taskId, job_id: jobId, video_id: claim.video.id, stage, index });
  const events = new TaskEvents({ events: runner.events, db, claim });
  const started = performance.now();
  events.task('running');
  await events.states();
  metrics.set('tasksRunning', { class: claim.task.class }, 1);

  let progress: Progress | undefined;
  const lease = holdLease(db, claim, { log, latest: () => progress });
  const report = (latest: Progress): void => {
    progress = latest;
    events.progress(latest);
  };
  let outcome: Outcome;
  try {
    await work(runner, claim, { signal: AbortSignal.any([lease.signal, stopping]), log, report });
    outcome = 'completed';
    events.task('completed');
  } catch (error) {
    outcome = await settle(runner, claim, error, { lost: lease.signal, stopping, log });
    events.task(outcome === 'failed' ? 'failed' : 'queued');
  } finally {
    lease.release();
  }
  await events.states();
  const seconds = (performance.now() - started) / 1000;
  log.info({ outcome, seconds: Number(seconds.toFixed(3)) }, `Task ${outcome.replace('_', ' ')}`);
  metrics.set('tasksRunning', { class: claim.task.class }, 0);
  metrics.count('tasksTotal', { stage, outcome });
  metrics.observe('taskSeconds', { stage }, seconds);
}

async function work(
  runner: TaskRunner,
  claim: ClaimedTask,
  { signal, log, report }: { signal: AbortSignal; log: Logger; report: (progress: Progress) => void },
): Promise<void> {
  const { db, storage, tools, chunkLengths, queues } = runner;
  const scratch = await mkdtemp(path.join(runner.scratch, `${claim.task.stage}-`));
  let source: Promise<Source> | undefined;
  try {
    const commit = await JOURNEY[claim.task.stage]({
      ...{ claim, db, storage, tools, chunkLengths, scratch, signal, log, report },
      source: () => (source ??= openSource(storage, claim.video.sourceKey, Number(claim.video.sourceBytes))),
    });
    signal.throwIfAborted();
    const { released } = await completeTask(db, claim, commit);
    await queues.deliver(released);
  } finally {
    await (await source)?.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Writes down how a task ended that was not completed. */
async function settle(
  { db, queues }: TaskRunner,
  claim: ClaimedTask,
  error: unknown,
  { lost, stopping, log }: { lost: AbortSignal; stopping: AbortSignal; log: Logger },
): Promise<Outcome> {
  if (lost.aborted || (error instanceof TranscodeError && error.code === 'lease_lost')) {
    log.warn('The claim was lost: the job was canceled, or another worker has the task');
    return 'lost';
  }
  if (stopping.aborted) {
    await queues.deliver([await handBackTask(db, claim)]);
    return 'handed_back';
  }
  const failure = failureOf(error);
  log.error({ err: error, code: failure.code }, failure.text);
  const { outcome, released } = await failTask(db, claim, failure);
  await queues.deliver(released);
  return outcome === 'retried' ? 'retried' : outcome === 'ignored' ? 'lost' : 'failed';
}
