import { WaitingError, Worker } from 'bullmq';
import { HAND_BACK_MS, LEASE_MS, queueName, RECONCILE_MS, TaskDelivery, type TaskClass } from '@transcode/contracts';
import { RECONNECTING } from './connection.ts';
import { toldOnce } from './told-once.ts';
import { within } from './within.ts';

export interface ConsumerOptions {
  redisUrl: string;
  class: TaskClass;
  /** Deliveries handled at the same time. */
  concurrency: number;
  /** The signal is aborted when the consumer has to end before the work has. */
  handle: (delivery: TaskDelivery, signal: AbortSignal) => Promise<void>;
  /** Is told what `handle` throws, of deliveries that are not valid, and of broken connections, which mend themselves. */
  onError: (error: Error) => void;
}

export interface Consumer {
  /** Takes nothing more; what is being handled goes on. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Takes nothing more, waits until the deadline, then aborts what is still being handled and gives it HAND_BACK_MS to end. */
  close(deadlineMs: number): Promise<void>;
}

const CLOSE_MS = 1_000;

/** The receiving end of a class's queue. It only wakes: whether there is something to do is for the database to say. */
export function createConsumer({
  redisUrl,
  class: taskClass,
  concurrency,
  handle,
  onError,
}: ConsumerOptions): Consumer {
  const stopping = new AbortController();
  const handling = new Set<Promise<void>>();
  const tell = toldOnce(onError);
  let taking = true;
  let closing = false;
  const worker = new Worker(
    queueName(taskClass),
    async (job, token) => {
      if (!taking) {
        // It was on its way when we said no more.
        await job.moveToWait(token);
        throw new WaitingError();
      }
      const work = handle(TaskDelivery.parse(job.data), stopping.signal);
      handling.add(work);
      try {
        await work;
      } finally {
        handling.delete(work);
      }
    },
    {
      connection: { url: redisUrl, ...RECONNECTING, maxRetriesPerRequest: null },
      concurrency,
      // A delivery whose consumer died is delivered again about as soon as the task's lease has run out, however often.
      lockDuration: LEASE_MS,
      stalledInterval: RECONCILE_MS,
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      // After an error of Redis.
      runRetryDelay: 500,
      drainDelay: 2,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    },
  );
  worker.on('error', tell);
  worker.on('failed', (_job, error) => onError(error));
  return {
    pause: async () => {
      taking = false;
      await worker.pause(true);
    },
    resume: async () => {
      if (closing) return;
      taking = true;
      await worker.resume();
    },
    close: async (deadlineMs) => {
      taking = false;
      closing = true;
      // It fetches nothing more. It ends when BullMQ has written down all that was handled: without Redis that is never.
      const closed = worker.close().catch((error: unknown) => tell(asError(error)));
      if (!(await within(Promise.allSettled(handling), deadlineMs))) {
        stopping.abort(new Error('The consumer is stopping.'));
        await within(Promise.allSettled(handling), HAND_BACK_MS);
      }
      if (await within(closed, CLOSE_MS)) return;
      await within(worker.disconnect(), CLOSE_MS);
    },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
