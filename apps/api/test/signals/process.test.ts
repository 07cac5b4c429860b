import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install, type Installation } from '../installation.ts';
import { publishVideo } from '../published-video.ts';
import { scrape, type Reading } from './scrape.ts';

let here: Installation;
let api: RunningApi;

beforeAll(async () => {
  here = await install();
  api = await here.start();
});
afterAll(() => here.dispose());

/** By how much a series grew. */
async function growth(deed: () => Promise<unknown>): Promise<(series: string) => number> {
  const before = await scrape(api);
  await deed();
  const after: Reading = await scrape(api);
  return (series) => (after(series) ?? 0) - (before(series) ?? 0);
}

const seconds = (route: string, status: number): string =>
  `http_request_duration_seconds_count{method="GET",route="${route}",status="${status}"}`;

test('what a process stands on answers, and how much of it is used', async () => {
  const read = await scrape(api);
  for (const name of ['database_up', 'redis_up', 'storage_up']) expect([name, read(name)]).toEqual([name, 1]);
  for (const name of [
    ...['database_server_connections', 'database_server_connections_limit', 'database_size_bytes'],
    ...['database_pool_size', 'redis_memory_bytes', 'storage_free_bytes', 'storage_size_bytes'],
  ])
    expect([name, (read(name) ?? 0) > 0]).toEqual([name, true]);
  expect(read('redis_evicted_keys_total')).toBe(0);
});

test('requests are counted by their route, their errors by code, whatever they are called', async () => {
  const grew = await growth(async () => {
    await fetch(`${api.url}/api/v1/videos`);
    await fetch(`${api.url}/api/v1/videos/0198f0c0-0000-7000-8000-000000000000`);
    await fetch(`${api.url}/api/v1/nowhere-${Math.random()}`);
  });
  expect(grew(seconds('/api/v1/videos', 401))).toBe(1);
  expect(grew(seconds('/api/v1/videos/:id', 401))).toBe(1);
  expect(grew(seconds('/api/*', 404))).toBe(1);
  expect(grew('errors_total{component="http",code="unauthenticated"}')).toBe(2);
  expect(grew('errors_total{component="http",code="not_found"}')).toBe(1);
  // No request is open; the scrape has a port of its own.
  expect((await scrape(api))('http_requests_in_flight')).toBe(0);
});

test('whoever tries addresses and methods at random makes no new series', async () => {
  await askAtRandom();
  const before = await countOfSeries();
  await askAtRandom();
  expect(await countOfSeries()).toBe(before);
});

async function askAtRandom(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) {
    const word = Math.random().toString(36).slice(2);
    await fetch(`${api.url}/${word}.php`);
    await fetch(`${api.url}/api/v1/${word}`);
    await fetch(`${api.url}/media/${word}/${word}`);
    await fetch(`${api.url}/api/v1/videos`, { method: `X${word.toUpperCase()}` });
  }
}

async function countOfSeries(): Promise<number> {
  const text = await (await fetch(`${api.metricsUrl}/metrics`)).text();
  return text.split('\n').filter((line) => line.startsWith('transcode_http_')).length;
}

test('who leaves before the end is counted, and counted out again', async () => {
  const headers = { authorization: `Bearer ${await here.key('viewer')}` };
  const leaving = new AbortController();
  const following = await fetch(`${api.url}/api/trpc/events.workspace`, { headers, signal: leaving.signal });
  const during = await scrape(api);
  expect([during('http_requests_in_flight'), during('event_streams')]).toEqual([1, 1]);
  leaving.abort();
  await Promise.allSettled([following.text()]);
  const left = await waitFor(async () => {
    const read = await scrape(api);
    return read('http_requests_in_flight') === 0 ? read : undefined;
  });
  expect(left('event_streams')).toBe(0);
  const followed = 'http_request_duration_seconds_count{method="GET",route="/api/trpc/events.workspace",status="200"}';
  expect(left(followed)).toBe(1);
});

test('keys are looked up once for a while', async () => {
  const headers = { authorization: `Bearer ${await here.key('viewer')}` };
  const grew = await growth(async () => {
    for (let turn = 0; turn < 5; turn++) await fetch(`${api.url}/api/v1/me`, { headers });
  });
  expect(grew('cache_requests_total{cache="keys",result="miss"}')).toBe(1);
  expect(grew('cache_requests_total{cache="keys",result="hit"}')).toBeGreaterThanOrEqual(4);
});

test('media is counted by its bytes and kind', async () => {
  const { videoId } = await publishVideo(here);
  const headers = { authorization: `Bearer ${await here.key('viewer')}` };
  const video = (await (await fetch(`${api.url}/api/v1/videos/${videoId}`, { headers })).json()) as {
    playbackUrl: string;
  };
  const grew = await growth(async () => {
    await (await fetch(video.playbackUrl)).arrayBuffer();
    await (await fetch(new URL('v720/0-1/0.m4s', video.playbackUrl))).arrayBuffer();
    await waitFor(async () => ((await scrape(api))('media_bytes_total{kind="segment"}') ?? 0) > 0);
  });
  for (const [kind, bytes] of [
    ['playlist', 700],
    ['segment', 1_000],
  ] as const) {
    expect(grew(`media_bytes_total{kind="${kind}"}`)).toBeGreaterThanOrEqual(bytes);
    expect(grew(`media_bytes_total{kind="${kind}"}`)).toBeLessThan(bytes + 2_000);
  }
  expect(grew('storage_bytes_total{kind="files",direction="read"}')).toBeGreaterThanOrEqual(1_700);
});

test('the reconciler says which of many is at work, and how long its steps take', async () => {
  const steps = 'reconciler_step_duration_seconds_count{step="reapLeases"}';
  const read = await waitFor(async () => {
    const now = await scrape(api);
    return (now(steps) ?? 0) > 0 ? now : undefined;
  });
  expect(read('reconciler_elected')).toBe(1);
});
