import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { queueName, TaskClass, TranscodeError } from '@transcode/contracts';
import { RECONNECTING } from './connection.ts';
import type { Deliverable, Delivery } from './deliverable.ts';
import { deliveryId, parseDeliveryId } from './delivery-id.ts';
import { missingDeliveries } from './missing-deliveries.ts';
import { bullPriority } from './priority.ts';
import { toldOnce } from './told-once.ts';
import { within } from './within.ts';

export interface QueueCounts {
  /** Delivered as soon as a consumer has room. */
  waiting: number;
  /** Delivered at their time. */
  delayed: number;
  active: number;
}

export interface Queues {
  /** Has the tasks delivered to a consumer of their class. Doing it twice is harmless. Throws `queue_unavailable`. */
  deliver(tasks: readonly Deliverable[]): Promise<void>;
  /** The same for tasks that should be there already; says how many were not. */
  redeliver(tasks: readonly Deliverable[]): Promise<number>;
  /** Some of what has not reached a consumer, as it lies there. */
  waiting(taskClass: TaskClass, page: { from: number; count: number }): Promise<Delivery[]>;
  counts(): Promise<Record<TaskClass, QueueCounts>>;
  /** Puts what has not reached a consumer where its priority says now. What the queue does not know is let be. */
  reprioritise(tasks: readonly Deliverable[]): Promise<void>;
  /** Takes back what has not reached a consumer. */
  remove(tasks: readonly Delivery[]): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface QueuesOptions {
  redisUrl: string;
  /** Is told of broken connections, which mend themselves. */
  onError?: (error: Error) => void;
}

const ANSWER_MS = 3_000;
const CLOSE_MS = 2_000;
/** So many are added well within the time of an answer. */
const BATCH = 250;

/** The sending end of the queues, one a class, over one connection. */
export function createQueues({ redisUrl, onError = ignoreReconnects }: QueuesOptions): Queues {
  const tell = toldOnce(onError);
  const redis = new Redis(redisUrl, { ...RECONNECTING, maxRetriesPerRequest: null });
  redis.on('error', tell);
  const queues = new Map(
    TaskClass.options.map((taskClass) => {
      const queue = new Queue(queueName(taskClass), { connection: redis });
      queue.on('error', tell);
      return [taskClass, queue];
    }),
  );
  const queueOf = (taskClass: TaskClass): Queue => {
    const queue = queues.get(taskClass);
    if (queue === undefined) throw new Error(`There is no queue of the class ${taskClass}.`);
    return queue;
  };
  return {
    deliver: async (tasks) => {
      await answered(
        Promise.all(TaskClass.options.map((taskClass) => addTo(queueOf(taskClass), ofClass(tasks, taskClass)))),
      );
    },
    redeliver: async (tasks) => {
      await connected(redis);
      let added = 0;
      for (const taskClass of TaskClass.options) {
        const queue = queueOf(taskClass);
        const missing = await answered(missingDeliveries(redis, queue, ofClass(tasks, taskClass)));
        for (let at = 0; at < missing.length; at += BATCH) await answered(addTo(queue, missing.slice(at, at + BATCH)));
        added += missing.length;
      }
      return added;
    },
    waiting: async (taskClass, { from, count }) => {
      await connected(redis);
      const ids = await answered(
        queueOf(taskClass).getRanges(['wait', 'prioritized', 'delayed'], from, from + count - 1, true),
      );
      return ids.flatMap((id) => {
        const delivery = parseDeliveryId(id);
        return delivery === undefined ? [] : [{ ...delivery, class: taskClass }];
      });
    },
    counts: async () => {
      await connected(redis);
      const entries = TaskClass.options.map(
        async (taskClass) => [taskClass, await countsOf(queueOf(taskClass))] as const,
      );
      return Object.fromEntries(await answered(Promise.all(entries))) as Record<TaskClass, QueueCounts>;
    },
    reprioritise: async (tasks) => {
      for (let at = 0; at < tasks.length; at += BATCH) {
        await answered(
          Promise.all(tasks.slice(at, at + BATCH).map((task) => reprioritiseIn(queueOf(task.class), task))),
        );
      }
    },
    remove: async (tasks) => {
      await answered(Promise.all(tasks.map((task) => queueOf(task.class).remove(deliveryId(task)))));
    },
    ping: async () => {
      await answered(redis.ping());
    },
    close: async () => {
      // Waiting politely makes no sense while Redis is away.
      await within(Promise.allSettled([...queues.values()].map((queue) => queue.close())), CLOSE_MS);
      redis.disconnect();
    },
  };
}

function ofClass(tasks: readonly Deliverable[], taskClass: TaskClass): readonly Deliverable[] {
  return tasks.filter((task) => task.class === taskClass);
}

async function addTo(queue: Queue, tasks: readonly Deliverable[]): Promise<void> {
  if (tasks.length === 0) return;
  await queue.addBulk(
    tasks.map((task) => ({
      name: 'task',
      data: { taskId: task.id, token: task.token },
      opts: {
        jobId: deliveryId(task),
        priority: bullPriority(task),
        delay: Math.max(0, (task.notBefore?.getTime() ?? 0) - Date.now()),
        attempts: 1,
        removeOnComplete: true,
        removeOnFail: true,
      },
    })),
  );
}

/** Between the look and the move a consumer may take it: then there is nothing to move. */
async function reprioritiseIn(queue: Queue, task: Deliverable): Promise<void> {
  const job = await queue.getJob(deliveryId(task));
  if (job === undefined) return;
  try {
    await job.changePriority({ priority: bullPriority(task) });
  } catch (error) {
    if ((await queue.getJob(deliveryId(task))) !== undefined) throw error;
  }
}

async function countsOf(queue: Queue): Promise<QueueCounts> {
  const counts = await queue.getJobCounts('wait', 'prioritized', 'delayed', 'active');
  const { wait = 0, prioritized = 0, delayed = 0, active = 0 } = counts;
  return { waiting: wait + prioritized, delayed, active };
}

/**
 * What is asked again and again is asked only where somebody hears it: while Redis is away it would pile up, and come all at once.
 */
async function connected(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return;
  const { promise, resolve } = Promise.withResolvers<void>();
  redis.once('ready', resolve);
  try {
    await answered(promise);
  } finally {
    redis.off('ready', resolve);
  }
}

async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    if (await within(work, ANSWER_MS)) return await work;
  } catch (cause) {
    throw new TranscodeError('queue_unavailable', {}, { cause });
  }
  // It may still succeed or fail later; nobody waits for it any more.
  work.catch(() => undefined);
  throw new TranscodeError('queue_unavailable', {}, { cause: new Error(`Redis was silent for ${ANSWER_MS} ms.`) });
}

/** What fails because of a broken connection rejects by itself. */
function ignoreReconnects(): void {}
