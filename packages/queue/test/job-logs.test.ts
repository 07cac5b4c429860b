import { randomUUID } from 'node:crypto';
import { JOB_LOG_KEPT_MS, jobLogKey, type JobLogLine } from '@transcode/contracts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createJobLogs, type JobLogs } from '../src/index.ts';
import { testRedis, type TestRedis } from './servers.ts';

let redis: TestRedis;
let logs: JobLogs;

beforeAll(async () => {
  redis = await testRedis();
  logs = createJobLogs({ redisUrl: redis.url });
});
afterAll(async () => {
  await logs.close();
  await redis.dispose();
});

function line(text: string): JobLogLine {
  return {
    time: new Date().toISOString(),
    level: 'info',
    worker: 'w1',
    stage: 'encode',
    index: 0,
    text,
    cause: null,
    said: [],
  };
}

test('lines are read in order, from where one came to, and go by themselves', async () => {
  const jobId = randomUUID();
  for (const text of ['one', 'two', 'three']) logs.append(jobId, line(text));
  await vi.waitFor(async () => {
    expect((await logs.read(jobId, { after: undefined, count: 10 })).lines).toHaveLength(3);
  });
  const first = await logs.read(jobId, { after: undefined, count: 2 });
  expect(first.lines.map(({ text }) => text)).toEqual(['one', 'two']);
  const rest = await logs.read(jobId, { after: first.next ?? undefined, count: 2 });
  expect(rest.lines.map(({ text }) => text)).toEqual(['three']);
  expect(await logs.read(jobId, { after: rest.next ?? undefined, count: 2 })).toEqual({ lines: [], next: rest.next });
  const client = new Redis(redis.url);
  const left = await client.pttl(jobLogKey(jobId));
  client.disconnect();
  expect(left).toBeGreaterThan(JOB_LOG_KEPT_MS - 60_000);
});

test('nothing was said about a job', async () => {
  expect(await logs.read(randomUUID(), { after: undefined, count: 2 })).toEqual({ lines: [], next: null });
});

test('while Redis is away a line is lost, and reading says so', async () => {
  await redis.stop();
  expect(() => logs.append(randomUUID(), line('lost'))).not.toThrow();
  await expect(logs.read(randomUUID(), { after: undefined, count: 2 })).rejects.toThrow('The queue does not answer.');
  await redis.start();
});
