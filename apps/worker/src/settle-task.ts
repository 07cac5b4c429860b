import { ERRORS, HAND_BACK_MS, isErrorCode, sentenceOf, TranscodeError } from '@transcode/contracts';
import { claimFate, failTask, handBackTask, markLate, type ClaimedTask } from '@transcode/db';
import { deliver } from '@transcode/queue';
import type { Logger } from '@transcode/telemetry';
import { discardClaim } from './discard-claim.ts';
import { failureOf } from './failure-of.ts';
import { insist } from './insist.ts';
import { measureFailure } from './signals/measure-task.ts';
import type { TaskRunner } from './run-task.ts';

export interface TaskEnd {
  readonly outcome: 'completed' | 'failed' | 'retried' | 'lost' | 'canceled' | 'handed_back';
  readonly videoId: string;
  /**
   * What it says of the worker: `ill` where something around the work ended it, `doubted` where that or the file did, `untold` where somebody
   * stopped it.
   */
  readonly worker: 'well' | 'ill' | 'doubted' | 'untold';
  /** Of what it died, for people. */
  readonly reason?: string;
  /** The storage was away: that is not about this worker. */
  readonly withoutStorage?: boolean;
}

interface Circumstances {
  readonly lost: AbortSignal;
  readonly stopping: AbortSignal;
  readonly log: Logger;
}

/** Writes down how a task ended that was not completed. */
export async function settleTask(
  runner: TaskRunner,
  claim: ClaimedTask,
  error: unknown,
  circumstances: Circumstances,
): Promise<TaskEnd> {
  const { lost, stopping, log } = circumstances;
  const videoId = claim.video.id;
  try {
    if (lost.aborted || isLeaseLost(error)) return await endLost(runner, claim, log);
    return stopping.aborted
      ? await handBack(runner, claim, circumstances)
      : await fail(runner, claim, error, circumstances);
  } catch (failed) {
    if (isLeaseLost(failed)) return endLost(runner, claim, log);
    log.warn({ err: failed }, 'How the task ended could not be written: its lease runs out by itself');
    return { outcome: 'lost', videoId, worker: 'ill', reason: sentenceOf('database_unavailable') };
  }
}

async function handBack(
  { db, queues }: TaskRunner,
  claim: ClaimedTask,
  { lost, log }: Circumstances,
): Promise<TaskEnd> {
  const ready = await insist(() => handBackTask(db, claim), { until: lost, mostMs: HAND_BACK_MS / 2, log });
  await deliver({ queues, log }, [ready]);
  return { outcome: 'handed_back', videoId: claim.video.id, worker: 'untold' };
}

async function fail(
  { db, queues, storage }: TaskRunner,
  claim: ClaimedTask,
  error: unknown,
  { lost, log }: Circumstances,
): Promise<TaskEnd> {
  const failure = failureOf(error);
  const { outcome, released } = await insist(() => failTask(db, claim, failure), { until: lost, log });
  // What happens to a claim that is lost, such as that a deleted video's objects vanish, is no failure.
  if (outcome === 'ignored') throw new TranscodeError('lease_lost');
  log.event('error', 'task_failed', { err: error, code: failure.code }, failure.text);
  measureFailure(failure.code, outcome === 'job_failed');
  await deliver({ queues, log }, released);
  const ended = { outcome: outcome === 'retried' ? 'retried' : 'failed', videoId: claim.video.id } as const;
  if (failure.code === 'storage_unavailable')
    return { ...ended, worker: 'untold', reason: failure.text, withoutStorage: true };
  // The same of any worker.
  if (failure.code === 'storage_archived') return { ...ended, worker: 'untold', reason: failure.text };
  if (failure.code === 'disk_reserved') {
    // What it has put takes up what the next try needs.
    await discardClaim(storage, claim, { log });
    return { ...ended, worker: 'untold', reason: failure.text };
  }
  return { ...ended, worker: judgement(failure.code), reason: failure.text };
}

/** The claim may have won just before the connection broke that would have told so: then nothing of it is removed. */
async function endLost({ db, storage }: TaskRunner, claim: ClaimedTask, log: Logger): Promise<TaskEnd> {
  const fate = await claimFate(db, claim).catch((error: unknown) => {
    log.warn({ err: error }, 'What became of the claim is not known');
    return undefined;
  });
  const videoId = claim.video.id;
  if (fate === 'completed') return { outcome: 'completed', videoId, worker: 'well' };
  log.warn(
    { claim: claim.token },
    fate === 'canceled'
      ? 'The task was canceled'
      : 'The claim was lost: its lease ran out, and another worker has the task',
  );
  if (fate !== undefined) await discardClaim(storage, claim, { log });
  // Its job may have been swept already, and then is once more.
  await markLate(db, claim.job.id).catch((error: unknown) => log.warn({ err: error }, 'The sweeper could not be told'));
  return fate === 'canceled'
    ? { outcome: 'canceled', videoId, worker: 'untold' }
    : { outcome: 'lost', videoId, worker: 'ill', reason: sentenceOf('lease_lost') };
}

function isLeaseLost(error: unknown): boolean {
  return error instanceof TranscodeError && error.code === 'lease_lost';
}

function judgement(code: string): TaskEnd['worker'] {
  // Twice is the file's fault. Of the first time nobody knows whether a healthy worker had stood still as well.
  if (code === 'encode_stalled') return 'doubted';
  return isErrorCode(code) && (ERRORS[code].blame === 'infra' || ERRORS[code].blame === 'outage') ? 'ill' : 'well';
}
