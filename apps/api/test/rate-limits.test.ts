import { Problem, STREAMS_MAX } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';

const PER_MINUTE = 1_200;
const AT_ONCE = 40;

let here: Installation;
let replicas: [RunningApi, RunningApi];

beforeAll(async () => {
  here = await install();
  replicas = await Promise.all([here.start(), here.start()]);
});
afterAll(() => here.dispose());

const ask = (replica: RunningApi, key: string): Promise<Response> =>
  fetch(`${replica.url}/api/v1/presets`, { headers: { authorization: `Bearer ${key}` } });

test('who asks too often, over all replicas together, is told how long to wait; others are not', async () => {
  const [hasty, patient] = [await here.key('viewer'), await here.key('viewer')];
  let left = PER_MINUTE + AT_ONCE;
  let refused: Response | undefined;
  const asking = async (replica: RunningApi): Promise<void> => {
    while (left > 0 && refused === undefined) {
      left -= 1;
      const response = await ask(replica, hasty);
      if (response.status === 429) refused = response;
      else await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => asking(replicas[index % 2 === 0 ? 0 : 1])));
  expect(left).toBeLessThanOrEqual(AT_ONCE);
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect(Problem.parse(await refused?.json())).toMatchObject({
    status: 429,
    code: 'too_many_requests',
    retryable: true,
  });
  for (const replica of replicas) {
    expect((await ask(replica, hasty)).status).toBe(429);
    expect((await ask(replica, patient)).status).toBe(200);
    expect((await fetch(`${replica.url}/health`)).status).toBe(200);
  }
});

const exposed = (response: Response): string[] =>
  (response.headers.get('access-control-expose-headers') ?? '').toLowerCase().split(/, ?/);

/** As if so much had been asked just before. */
const spend = async (counter: string): Promise<void> => {
  const redis = new Redis(inject('redisUrl'));
  await redis.set(`transcode:rate:${counter}`, 12_000, 'PX', 30_000);
  redis.disconnect();
};

const readable = async (response: Response): Promise<void> => {
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([429, '*']);
  expect(response.headers.get('ratelimit-limit')).toBe('12000');
  expect(response.headers.get('ratelimit-remaining')).toBe('0');
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  for (const name of ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'])
    expect(exposed(response)).toContain(name);
  expect(Problem.parse(await response.json())).toMatchObject({ code: 'too_many_requests' });
};

describe('a limit that is reached', () => {
  test('by an upload can be read by a page elsewhere, which may still ask whether it may', async () => {
    const key = await here.key('editor');
    const headers = { authorization: `Bearer ${key}`, 'tus-resumable': '1.0.0', origin: 'https://else.where' };
    const url = `${replicas[0].url}/api/uploads`;
    const before = await fetch(url, { method: 'POST', headers });
    expect([before.status, before.headers.get('ratelimit-remaining')]).toEqual([400, '11999']);
    expect(exposed(before)).toContain('retry-after');
    const { id } = await here.db.apiKey.findFirstOrThrow({
      where: { workspaceId: here.workspaceId },
      orderBy: { createdAt: 'desc' },
    });
    await spend(`uploads:key:${id}`);
    const refused = await fetch(url, { method: 'POST', headers });
    expect(refused.headers.get('tus-resumable')).toBe('1.0.0');
    await readable(refused);
    expect((await fetch(url, { method: 'OPTIONS', headers })).status).toBe(204);
  });

  test('by a player can be read by a page elsewhere', async () => {
    const address = '203.0.113.9';
    const headers = { 'x-forwarded-for': address, origin: 'https://else.where' };
    const url = `${replicas[0].url}/media/none/master.m3u8`;
    const before = await fetch(url, { headers });
    expect(before.status).not.toBe(429);
    expect(exposed(before)).toContain('ratelimit-remaining');
    await spend(`media:address:${address}`);
    await readable(await fetch(url, { headers }));
  });
});

const from = (address: string, more: Record<string, string> = {}): Promise<Response> =>
  fetch(`${replicas[0].url}/api/v1/presets`, { headers: { 'x-forwarded-for': address, ...more } });
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const forget = async (counter: string): Promise<void> => {
  const redis = new Redis(inject('redisUrl'));
  await redis.del(`transcode:rate:${counter}`);
  redis.disconnect();
};

describe('an address whose limit is reached', () => {
  test('is refused by who has refused it before without a look elsewhere, and who is known there is not', async () => {
    const address = '203.0.113.77';
    const [known, unknown] = [await here.key('viewer'), await here.key('viewer')];
    expect((await from(address, bearer(known))).status).toBe(200);
    await spend(`api:address:${address}`);
    expect((await from(address)).status).toBe(429);
    // Nothing but memory can tell from here on.
    await forget(`api:address:${address}`);
    const refused = await from(address);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(20);
    expect((await from(address, bearer('made up'))).status).toBe(429);
    expect((await from(address, bearer(unknown))).status).toBe(429);
    expect((await from(address, bearer(known))).status).toBe(200);
    expect((await from('203.0.113.78', bearer(unknown))).status).toBe(200);
    expect((await from(address, bearer(unknown))).status).toBe(200);
  });
});

const remaining = async (response: Response): Promise<number> => {
  await response.arrayBuffer();
  return Number(response.headers.get('ratelimit-remaining'));
};

test('each call of a batch counts', async () => {
  const headers = { authorization: `Bearer ${await here.key('viewer')}` };
  const batch = (calls: number): Promise<Response> => {
    const input = Object.fromEntries(Array.from({ length: calls }, (_, index) => [index, {}]));
    const path = Array.from({ length: calls }, () => 'presets.list').join(',');
    return fetch(`${replicas[0].url}/api/trpc/${path}?batch=1&input=${JSON.stringify(input)}`, { headers });
  };
  expect(await remaining(await batch(1))).toBe(PER_MINUTE - 1);
  expect(await remaining(await batch(100))).toBe(PER_MINUTE - 101);
  for (let batches = 0; batches < 10; batches += 1) await remaining(await batch(100));
  expect((await batch(100)).status).toBe(429);
});

test('one key has so many event streams open and no more, until one is closed; another has its own', async () => {
  const [eager, other] = [await here.key('viewer'), await here.key('viewer')];
  const held = await Promise.all(
    Array.from({ length: STREAMS_MAX }, () => holdStream(`${replicas[0].url}/api/trpc/events.workspace`, eager)),
  );
  expect(await openedBy(eager)).toBe('too_many_streams');
  expect(await openedBy(other)).toBe('open');
  held.pop()?.abort();
  await waitFor(async () => (await openedBy(eager)) === 'open');
  for (const each of held) each.abort();
});

/** An event stream that is open once this resolves. */
async function holdStream(url: string, key: string): Promise<AbortController> {
  const stop = new AbortController();
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` }, signal: stop.signal });
  await response.body?.getReader().read();
  return stop;
}

/** What comes of one more: `open`, or the code of its refusal. */
async function openedBy(key: string): Promise<string> {
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(`${replicas[0].url}/api/trpc/events.workspace`, { headers });
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (/"events":|"code"/.test(text)) break;
  }
  return /"code":"([a-z_]+)"/.exec(text)?.[1] ?? 'open';
}
