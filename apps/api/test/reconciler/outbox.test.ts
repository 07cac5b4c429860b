import { randomUUID } from 'node:crypto';
import type { Event } from '@transcode/contracts';
import { createEvents } from '@transcode/queue';
import type { EventStream } from '@transcode/queue';
import { createLogger } from '@transcode/telemetry';
import { startStack, waitFor } from '@transcode/testing';
import type { Stack } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { relayOutbox } from '../../src/reconciler/relay-outbox.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { addVideo } from '../videos.ts';

let stack: Stack;
let here: Installation;
let events: EventStream;
const heard: Event[] = [];

beforeAll(async () => {
  stack = await startStack();
  here = await install({ env: stack.env });
  events = createEvents({ redisUrl: stack.redisUrl });
  events.subscribe((event) => heard.push(event));
  await listening();
});
afterAll(async () => {
  await events.close();
  await here.dispose();
  await stack.dispose();
});

/** Hints reach who is connected: of an outage one hears the end first. */
async function listening(): Promise<void> {
  const videoId = randomUUID();
  await waitFor(async () => {
    await events.send({ type: 'video', workspaceId: here.workspaceId, videoId, state: 'uploading' });
    return heard.some((event) => event.type === 'video' && event.videoId === videoId);
  });
}

async function relay(): Promise<void> {
  const log = createLogger({ name: 'api', level: 'silent' });
  await relayOutbox({ db: here.db, events, log })({ goesOn: () => true });
}

async function addReady(): Promise<string> {
  const video = await addVideo(here, { state: 'ready' });
  await here.db.outbox.create({ data: { topic: 'video.ready', payload: { videoId: video.id, jobId: randomUUID() } } });
  return video.id;
}

const unsent = (): Promise<number> => here.db.outbox.count({ where: { sentAt: null } });
const told = (): string[] =>
  heard.flatMap((event) => (event.type === 'video' && event.state === 'ready' ? [event.videoId] : []));

test('what was committed is told once, in its order', async () => {
  const videos = [await addReady(), await addReady(), await addReady()];
  await relay();
  await waitFor(() => told().length === videos.length);
  expect(told()).toEqual(videos);
  expect(await unsent()).toBe(0);
  await relay();
  const next = await addReady();
  await relay();
  await waitFor(() => told().includes(next));
  expect(told()).toEqual([...videos, next]);
});

test('with Redis away it is kept, and told afterwards', async () => {
  const videoId = await addReady();
  await stack.outage('redis', async () => {
    await expect(relay()).rejects.toBeInstanceOf(Error);
    expect(await unsent()).toBe(1);
  });
  await listening();
  await relay();
  await waitFor(() => told().includes(videoId));
  expect(await unsent()).toBe(0);
});

test('a message that nobody understands keeps up no other', async () => {
  await here.db.outbox.create({ data: { topic: 'video.unheard-of', payload: {} } });
  const videoId = await addReady();
  await relay();
  await waitFor(() => told().includes(videoId));
  expect(await unsent()).toBe(0);
});
