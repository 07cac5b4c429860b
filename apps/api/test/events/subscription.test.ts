import { createEvents, type EventStream } from '@transcode/queue';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { addVideo } from '../videos.ts';

let here: Installation;
let api: RunningApi;
let key: string;
let worker: EventStream;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  key = await here.key('viewer');
  worker = createEvents({ redisUrl: inject('redisUrl') });
});
afterAll(async () => {
  await worker.close();
  await here.dispose();
});

/** A client that reads server-sent events with fetch, as Node has no EventSource of its own. */
async function* linesOf(path: string, signal: AbortSignal): AsyncGenerator<{ event: string; data: string }> {
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(`${api.url}/api/trpc/${path}`, { headers, signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let rest = '';
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (rest + text).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const fields = new Map(part.split('\n').map((line) => line.split(/: (.*)/, 2) as [string, string]));
      yield { event: fields.get('event') ?? 'message', data: fields.get('data') ?? '' };
    }
  }
}

test('a line begins with a word that it stands and a snapshot, and goes on with what is published', async () => {
  const video = await addVideo(here, { state: 'processing' });
  const scope = { workspaceId: here.workspaceId, videoId: video.id };
  const stop = new AbortController();
  const heard: { event: string; data: string }[] = [];
  const reading = (async () => {
    for await (const line of linesOf('events.workspace', stop.signal)) heard.push(line);
  })().catch((error: unknown) => {
    // The test hangs up itself.
    if (!stop.signal.aborted) throw error;
  });
  await waitFor(() => heard.length >= 2);
  expect(heard[0]).toEqual({ event: 'connected', data: '{"reconnectAfterInactivityMs":30000}' });
  expect(JSON.parse(heard[1]?.data ?? '')).toEqual({ events: [{ type: 'video', ...scope, state: 'processing' }] });
  // The API may be subscribing to Redis still.
  await waitFor(async () => {
    await worker.send({ type: 'video', ...scope, state: 'ready' });
    return heard.length >= 3;
  });
  expect(heard[2]?.data).toContain(JSON.stringify({ type: 'video', ...scope, state: 'ready' }));
  stop.abort();
  await reading;
});

test('what is refused is told over the line, in tRPC’s shape', async () => {
  const stop = new AbortController();
  const { value } = await (async () => {
    const lines = linesOf(
      `events.video?input=${encodeURIComponent(JSON.stringify({ id: crypto.randomUUID() }))}`,
      stop.signal,
    );
    await lines.next();
    return lines.next();
  })();
  stop.abort();
  expect(value).toMatchObject({ event: 'serialized-error' });
  expect(JSON.parse(value?.data ?? '')).toMatchObject({
    data: { code: 'not_found', httpStatus: 404, path: 'events.video' },
  });
});

test.each(['events.video?input=%7B', 'events.video?input=%7B%7D', 'events.video'])(
  '%s is a bad request',
  async (path) => {
    const stop = new AbortController();
    const lines = linesOf(path, stop.signal);
    await lines.next();
    const { value } = await lines.next();
    stop.abort();
    expect(JSON.parse(value?.data ?? '')).toMatchObject({ data: { code: 'bad_request' } });
  },
);
