import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { TaskDelivery } from '@transcode/contracts';
import { openDeafLine } from '@transcode/servers';
import { createConsumer, createQueues, type Consumer, type Deliverable, type Queues } from '../src/index.ts';
import { testRedis, type TestRedis } from './servers.ts';

let redis: TestRedis;
let queues: Queues;
const consumers: Consumer[] = [];
const errors: Error[] = [];

beforeAll(async () => {
  redis = await testRedis();
  queues = createQueues({ redisUrl: redis.url });
});
afterEach(async () => {
  await Promise.all(consumers.splice(0).map((consumer) => consumer.close(1_000)));
  errors.length = 0;
});
afterAll(async () => {
  await queues.close();
  await redis.dispose();
});

function task(overrides: Partial<Deliverable> = {}): Deliverable {
  return { id: randomUUID(), class: 'light', priority: 'normal', token: 0, notBefore: null, ...overrides };
}

function consume(
  handle: (delivery: TaskDelivery, signal: AbortSignal) => Promise<void>,
  options: { class?: Deliverable['class']; concurrency?: number } = {},
): Consumer {
  const consumer = createConsumer({
    redisUrl: redis.url,
    class: options.class ?? 'light',
    concurrency: options.concurrency ?? 1,
    handle,
    onError: (error) => errors.push(error),
  });
  consumers.push(consumer);
  return consumer;
}

/** Remembers what it was given, in order. */
function recorder(): { seen: TaskDelivery[]; handle: (delivery: TaskDelivery) => Promise<void> } {
  const seen: TaskDelivery[] = [];
  return {
    seen,
    handle: (delivery) => {
      seen.push(delivery);
      return Promise.resolve();
    },
  };
}

const patience = { timeout: 20_000, interval: 20 };

test('a task delivered twice reaches a consumer once, and again with a new token', async () => {
  const once = task();
  await queues.deliver([once, once]);
  await queues.deliver([once]);
  expect((await queues.counts()).light).toEqual({ waiting: 1, delayed: 0, active: 0 });
  const { seen, handle } = recorder();
  consume(handle);
  await vi.waitFor(() => expect(seen).toEqual([{ taskId: once.id, token: 0 }]), patience);
  await queues.deliver([{ ...once, token: 1 }]);
  await vi.waitFor(() => expect(seen).toHaveLength(2), patience);
  expect(seen[1]).toEqual({ taskId: once.id, token: 1 });
  await vi.waitFor(
    async () => expect((await queues.counts()).light).toEqual({ waiting: 0, delayed: 0, active: 0 }),
    patience,
  );
});

test('high goes before normal before low, and each class has its own queue', async () => {
  const tasks = (['low', 'normal', 'high', 'low', 'high'] as const).map((priority) => task({ priority }));
  const other = task({ class: 'cpu' });
  await queues.deliver([...tasks, other]);
  const { seen, handle } = recorder();
  consume(handle);
  await vi.waitFor(() => expect(seen).toHaveLength(5), patience);
  const [low, normal, high, low2, high2] = tasks;
  expect(seen.map(({ taskId }) => taskId)).toEqual([high, high2, normal, low, low2].map((each) => each?.id));
  expect((await queues.counts()).cpu.waiting).toBe(1);
  await queues.remove([other]);
  expect((await queues.counts()).cpu.waiting).toBe(0);
});

test('what was begun and lost goes before what was not begun, but not before a higher priority', async () => {
  const [low, lostLow] = [task({ priority: 'low' }), task({ priority: 'low', token: 1 })];
  const [normal, lostNormal] = [task(), task({ token: 3 })];
  const high = task({ priority: 'high' });
  await queues.deliver([low, lostLow, normal, lostNormal, high]);
  const { seen, handle } = recorder();
  consume(handle);
  await vi.waitFor(() => expect(seen).toHaveLength(5), patience);
  expect(seen.map(({ taskId }) => taskId)).toEqual([high, lostNormal, normal, lostLow, low].map(({ id }) => id));
});

test('a task is not delivered before its time', async () => {
  const { seen, handle } = recorder();
  consume(handle);
  const started = Date.now();
  await queues.deliver([task({ notBefore: new Date(started + 1_200) })]);
  await vi.waitFor(() => expect(seen).toHaveLength(1), patience);
  expect(Date.now() - started).toBeGreaterThanOrEqual(1_100);
});

test('a handler that throws is told of and keeps nothing up', async () => {
  const { seen, handle } = recorder();
  consume(async (delivery) => {
    await handle(delivery);
    if (seen.length === 1) throw new Error('the first one fails');
  });
  await queues.deliver([task(), task()]);
  await vi.waitFor(() => expect(seen).toHaveLength(2), patience);
  expect(errors.map(({ message }) => message)).toContain('the first one fails');
});

test('a paused consumer takes nothing until it goes on', async () => {
  const { seen, handle } = recorder();
  const consumer = consume(handle);
  await queues.deliver([task()]);
  await vi.waitFor(() => expect(seen).toHaveLength(1), patience);
  await consumer.pause();
  await queues.deliver([task()]);
  await vi.waitFor(async () => {
    expect((await queues.counts()).light).toEqual({ waiting: 1, delayed: 0, active: 0 });
  }, patience);
  expect(seen).toHaveLength(1);
  expect(errors).toEqual([]);
  await consumer.resume();
  await vi.waitFor(() => expect(seen).toHaveLength(2), patience);
});

test('closing aborts work at its deadline, and takes no longer than that and a moment', async () => {
  let aborted = false;
  let started = false;
  const consumer = consume(async (_delivery, signal) => {
    started = true;
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        aborted = true;
        resolve();
      });
    });
  });
  await queues.deliver([task()]);
  await vi.waitFor(() => expect(started).toBe(true), patience);
  const before = Date.now();
  await consumer.close(300);
  expect(aborted).toBe(true);
  expect(Date.now() - before).toBeLessThan(4_000);
});

test('both ends outlive a Redis that was killed, and one that lost everything is filled again', async () => {
  const { seen, handle } = recorder();
  consume(handle);
  await queues.deliver([task()]);
  await vi.waitFor(() => expect(seen).toHaveLength(1), patience);
  await redis.restart();
  await vi.waitFor(() => queues.ping(), patience);
  await queues.deliver([task()]);
  await vi.waitFor(() => expect(seen).toHaveLength(2), patience);
});

test('while Redis is away a delivery fails within seconds and says so', async () => {
  await redis.stop();
  await expect(queues.deliver([task()])).rejects.toMatchObject({ code: 'queue_unavailable' });
  await expect(queues.ping()).rejects.toMatchObject({ code: 'queue_unavailable' });
  await redis.start();
  await vi.waitFor(() => queues.ping(), patience);
});

test('closing is quick even while Redis is away', async () => {
  const own = createQueues({ redisUrl: redis.url });
  await own.ping();
  const { handle } = recorder();
  const consumer = consume(handle);
  await redis.stop();
  const before = Date.now();
  await Promise.all([own.close(), consumer.close(500)]);
  expect(Date.now() - before).toBeLessThan(12_000);
  await redis.start();
});

test('a line that forgets is given up: what is delivered then goes over another, and so does who waits for it', async () => {
  const url = new URL(redis.url);
  const line = await openDeafLine({ port: Number(url.port) });
  url.port = String(line.port);
  const far = createQueues({ redisUrl: url.href });
  const { seen, handle } = recorder();
  const consumer = createConsumer({
    ...{ redisUrl: url.href, class: 'light', concurrency: 1, handle, onError: (error) => errors.push(error) },
  });
  const [before, after] = [task(), task()];
  await far.deliver([before]);
  await vi.waitFor(() => expect(seen.map(({ taskId }) => taskId)).toContain(before.id), patience);
  line.forget();
  await expect(far.deliver([after])).rejects.toMatchObject({ code: 'queue_unavailable' });
  await vi.waitFor(() => expect(seen.map(({ taskId }) => taskId)).toContain(after.id), {
    timeout: 40_000,
    interval: 100,
  });
  await consumer.close(1_000);
  await far.close();
  await line.close();
});

test('what is asked again and again does not pile up while Redis is away', async () => {
  await redis.stop();
  try {
    await expect(queues.redeliver([task()])).rejects.toMatchObject({ code: 'queue_unavailable' });
    await expect(queues.counts()).rejects.toMatchObject({ code: 'queue_unavailable' });
  } finally {
    await redis.start();
  }
  await vi.waitFor(async () => expect(await queues.redeliver([])).toBe(0), patience);
});
