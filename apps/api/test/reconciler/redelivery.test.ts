import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { claimTask } from '@transcode/db';
import type { ReadyTask } from '@transcode/db';
import { createConsumer, createQueues } from '@transcode/queue';
import type { Consumer, Queues } from '@transcode/queue';
import { startStack, waitFor } from '@transcode/testing';
import type { Stack } from '@transcode/testing';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { addWaitingTasks } from './waiting-tasks.ts';

/** Nobody renews in these tests. */
const LONG_MS = 600_000;

let stack: Stack;
let here: Installation;
let queues: Queues;
const consumers: Consumer[] = [];
/** How often each task was claimed, by id. */
const claims = new Map<string, number>();

beforeAll(async () => {
  stack = await startStack();
  here = await install({ env: stack.env });
  queues = createQueues({ redisUrl: stack.redisUrl });
  // Two replicas, of which one reconciles.
  await Promise.all([here.start(), here.start()]);
});
afterEach(async () => {
  await Promise.all(consumers.splice(0).map((consumer) => consumer.close(5_000)));
  claims.clear();
});
afterAll(async () => {
  await queues.close();
  await here.dispose();
  await stack.dispose();
});

/** Two workers of the class `light` that claim what they are given, once `gate` is open. */
function work(gate = Promise.resolve()): void {
  for (const workerId of ['one', 'other']) {
    const consumer = createConsumer({
      redisUrl: stack.redisUrl,
      class: 'light',
      concurrency: 8,
      handle: async ({ taskId }) => {
        await gate;
        const claim = await claimTask(here.db, { taskId, workerId, build: '', leaseMs: LONG_MS });
        if (claim !== undefined) claims.set(taskId, (claims.get(taskId) ?? 0) + 1);
      },
      // While Redis is away they say so.
      onError: () => undefined,
    });
    consumers.push(consumer);
  }
}

async function expectEachOnce(tasks: readonly ReadyTask[]): Promise<void> {
  expect([...claims.keys()].toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
  expect([...claims.values()].filter((times) => times !== 1)).toEqual([]);
  const rows = await here.db.task.groupBy({
    by: ['state', 'token'],
    where: { id: { in: tasks.map(({ id }) => id) } },
    _count: true,
  });
  expect(rows).toEqual([{ state: 'running', token: 1, _count: tasks.length }]);
}

async function askRedis<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(stack.redisUrl);
  try {
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

test('Redis emptied under 1,000 waiting tasks: all are dispatched within 15 s, none twice', async () => {
  const backlog = await addWaitingTasks(here, { count: 3_000, class: 'cpu', priority: 'high' });
  const tasks = await addWaitingTasks(here, { count: 1_000 });
  await queues.deliver([...backlog, ...tasks]);
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  work(gate);
  await waitFor(async () => (await queues.counts()).light.active === 16);

  await askRedis((redis) => redis.flushall());
  const flushed = performance.now();
  open();
  await waitFor(() => claims.size === tasks.length, { timeout: 60_000 });
  expect(performance.now() - flushed).toBeLessThan(15_000);
  await expectEachOnce(tasks);
  // What no worker takes waits in the queue again, as far as it is next.
  await waitFor(async () => (await queues.counts()).cpu.waiting >= 1_000);
  await here.db.task.deleteMany({ where: { id: { in: backlog.map(({ id }) => id) } } });
});

test('Redis killed and started again on what it had on disk: every task is claimed once', async () => {
  const tasks = await addWaitingTasks(here, { count: 300 });
  await queues.deliver(tasks);
  await stack.restartRedis();
  work();
  await waitFor(() => claims.size === tasks.length, { timeout: 60_000 });
  await expectEachOnce(tasks);
  expect(claims.size).toBe(tasks.length);
});

test('Redis older than Postgres: what was done is not done again, what is missing is delivered', async () => {
  const data = path.join(stack.folder, 'redis');
  const early = await addWaitingTasks(here, { count: 100 });
  await queues.deliver(early);
  // What is written every second may not have been when Redis is killed.
  await askRedis((redis) => redis.config('SET', 'appendfsync', 'always'));
  await askRedis((redis) => redis.set('when', 'then'));
  await stack.outage('redis', () => cp(data, `${data}-then`, { recursive: true }));
  work();
  await waitFor(() => claims.size === early.length, { timeout: 60_000 });
  await Promise.all(consumers.splice(0).map((consumer) => consumer.close(5_000)));
  const late = await addWaitingTasks(here, { count: 100 });
  await queues.deliver(late);
  await askRedis((redis) => redis.set('when', 'later'));
  await stack.outage('redis', async () => {
    await rm(data, { recursive: true });
    await cp(`${data}-then`, data, { recursive: true });
  });
  expect(await askRedis((redis) => redis.get('when'))).toBe('then');
  work();
  await waitFor(() => claims.size === early.length + late.length, { timeout: 60_000 });
  await expectEachOnce([...early, ...late]);
  await waitFor(async () => (await queues.counts()).light.waiting === 0);
});

test('entries of tasks that are gone, over or claimed since vanish, where nobody consumes them', async () => {
  const [gone, claimed, kept] = await addWaitingTasks(here, { count: 3, class: 'gpu' });
  if (gone === undefined || claimed === undefined || kept === undefined) throw new Error('There are three');
  await queues.deliver([gone, claimed, kept]);
  await here.db.task.delete({ where: { id: gone.id } });
  await claimTask(here.db, { taskId: claimed.id, workerId: 'one', build: '', leaseMs: LONG_MS });
  await waitFor(async () => (await queues.counts()).gpu.waiting === 1, { timeout: 60_000 });
  expect(await queues.waiting('gpu', { from: 0, count: 10 })).toEqual([{ id: kept.id, token: 0, class: 'gpu' }]);
});
