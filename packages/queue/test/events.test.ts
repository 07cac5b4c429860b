import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Event } from '@transcode/contracts';
import { createEvents, type EventStream } from '../src/index.ts';
import { testRedis, type TestRedis } from './servers.ts';

let redis: TestRedis;
let here: EventStream;
let there: EventStream;
const errors: Error[] = [];
const patience = { timeout: 20_000, interval: 50 };

beforeAll(async () => {
  redis = await testRedis();
  here = createEvents({ redisUrl: redis.url, onError: collect });
  there = createEvents({ redisUrl: redis.url, onError: collect });
});
afterAll(async () => {
  await Promise.all([here.close(), there.close()]);
  await redis.dispose();
});

function collect(error: Error): void {
  errors.push(error);
}

function videoEvent(): Event {
  return { type: 'video', workspaceId: randomUUID(), videoId: randomUUID(), state: 'ready' };
}

test('every listener everywhere hears an event, until it stops listening', async () => {
  const heard: Event[] = [];
  const heardToo: Event[] = [];
  const stop = there.subscribe((event) => heard.push(event));
  here.subscribe((event) => heardToo.push(event));
  const event = videoEvent();
  await vi.waitFor(() => {
    here.publish(event);
    expect(heard).toContainEqual(event);
    expect(heardToo).toContainEqual(event);
  }, patience);
  stop();
  const last = videoEvent();
  here.publish(last);
  await vi.waitFor(() => expect(heardToo).toContainEqual(last), patience);
  expect(heard).not.toContainEqual(last);
});

test('a listener that throws keeps nothing from the others', async () => {
  const heard: Event[] = [];
  there.subscribe(() => {
    throw new Error('deaf');
  });
  there.subscribe((event) => heard.push(event));
  const event = videoEvent();
  here.publish(event);
  await vi.waitFor(() => expect(heard).toContainEqual(event), patience);
  expect(errors.map(({ message }) => message)).toContain('deaf');
});

test('events flow again after Redis was killed', async () => {
  const heard: Event[] = [];
  there.subscribe((event) => heard.push(event));
  await redis.restart();
  const event = videoEvent();
  await vi.waitFor(() => {
    here.publish(event);
    expect(heard).toContainEqual(event);
  }, patience);
});
