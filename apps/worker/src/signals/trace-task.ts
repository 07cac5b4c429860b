import type { ClaimedTask, Database } from '@transcode/db';
import { beginSpan, NO_PARENT, type Logger, type RunningSpan } from '@transcode/telemetry';

interface Traced {
  readonly db: Database;
  readonly workerId: string;
  readonly log: Logger;
}

/**
 * Begins the span of one attempt, a part of its job's trace wherever that began, linked to the attempt before; the wait in the queue is a span
 * before it. The attempt is remembered for the next.
 */
export async function traceTask(claim: ClaimedTask, { db, workerId, log }: Traced): Promise<RunningSpan<'task'>> {
  const { task, job, token } = claim;
  const { stage, queuedAt, startedAt } = task;
  const parent = job.traceparent ?? undefined;
  const about = { 'transcode.task.id': task.id, 'transcode.task.stage': stage, 'transcode.task.class': task.class };
  if (parent !== undefined && queuedAt !== null && startedAt !== null)
    beginSpan('queue', { title: `queue ${stage}`, attributes: about, parent, startTime: queuedAt }).end(startedAt);
  const span = beginSpan('task', {
    ...{ title: `task ${stage}`, kind: 'CONSUMER', parent: parent ?? NO_PARENT, links: [task.traceparent] },
    attributes: {
      ...about,
      ...{ 'transcode.task.index': task.index, 'transcode.task.attempt': token },
      ...{ 'transcode.job.id': job.id, 'transcode.video.id': job.videoId, 'transcode.worker.id': workerId },
    },
  });
  const { traceparent } = span;
  if (traceparent === undefined) return span;
  try {
    await db.task.updateMany({ where: { id: task.id, token }, data: { traceparent } });
  } catch (error) {
    log.debug({ err: error }, 'The trace of an attempt could not be written down');
  }
  return span;
}
