import { startStack, waitFor } from '@transcode/testing';
import type { Stack } from '@transcode/testing';
import { Problem } from '@transcode/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install, PASSWORD } from './installation.ts';
import type { Installation } from './installation.ts';
import { callsOf } from './person-calls.ts';
import { CUT } from './slow-request.ts';
import { digest, idOf, MiB, someBytes, storedDigest, tus } from './tus.ts';

interface Check {
  readonly ok: boolean;
  readonly error?: string;
}
interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, Check>>;
}

let stack: Stack;
let here: Installation;
let api: RunningApi;
let key: string;

beforeAll(async () => {
  stack = await startStack({ s3: true });
  here = await install({ env: stack.env });
  api = await here.start();
  key = await here.key('editor');
});
afterAll(async () => {
  await here.dispose();
  await stack.dispose();
});

async function ready(origin = api.url): Promise<{ status: number; answer: Readiness }> {
  const response = await fetch(`${origin}/ready`);
  const answer: Readiness = JSON.parse(await response.text());
  return { status: response.status, answer };
}
/** What an open page is told. */
const told = async (data: boolean): Promise<boolean> =>
  JSON.stringify(await (await fetch(`${api.url}/alive`)).json()) === JSON.stringify({ data, pages: true });
const get = (path: string): Promise<Response> => fetch(api.url + path, { headers: { authorization: `Bearer ${key}` } });
const signIn = (): Promise<Response> =>
  fetch(`${api.url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'nobody@example.org', password: PASSWORD }),
  });
async function problemIn(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return Problem.parse(await response.json());
}

test('is ready, on both ports, when Postgres, Redis and the storage answer', async () => {
  for (const origin of [api.url, api.metricsUrl]) {
    const { status, answer } = await ready(origin);
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      ready: true,
      checks: { postgres: { ok: true }, redis: { ok: true }, storage: { ok: true } },
    });
  }
});

describe.each([
  ['postgres', 'postgres'],
  ['redis', 'redis'],
  ['s3', 'storage'],
] as const)('without %s', (server, name) => {
  test('it is alive but not ready, says why by name within seconds, and recovers by itself', async () => {
    await stack.outage(server, async () => {
      const begun = performance.now();
      const { status, answer } = await waitFor(async () => {
        const now = await ready();
        return now.status === 503 && now;
      });
      expect(performance.now() - begun).toBeLessThan(10_000);
      expect(status).toBe(503);
      const broken = Object.entries(answer.checks).filter(([, check]) => !check.ok);
      expect(broken.map(([which]) => which)).toEqual([name]);
      expect(broken[0]?.[1].error).toMatch(/\w/);
      expect((await fetch(`${api.url}/health`)).status).toBe(200);
    });
    await waitFor(async () => (await ready()).status === 200);
  });
});

describe('while Postgres is away', () => {
  test('every question gets 503 in words, and the answer afterwards', async () => {
    const path = await tus(api, key).begin(10);
    await stack.outage('postgres', async () => {
      for (const response of [await get('/api/v1/videos'), await get('/api/v1/me'), await signIn()]) {
        expect(await problemIn(response)).toMatchObject({
          status: 503,
          code: 'database_unavailable',
          retryable: true,
        });
        expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
      }
      const patch = await tus(api, key).patch(path, 0, someBytes(5));
      expect(patch.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await problemIn(patch)).toMatchObject({ status: 503, code: 'database_unavailable' });
    });
    await waitFor(async () => (await get('/api/v1/videos')).status === 200);
    expect(await tus(api, key).offset(path)).toBe(0);
  });

  test('open pages are told so when they ask, within two seconds, and told when it is back', async () => {
    await waitFor(() => told(true));
    await stack.outage('postgres', async () => {
      const begun = performance.now();
      await waitFor(() => told(false));
      expect(performance.now() - begun).toBeLessThan(2_500);
    });
    await waitFor(() => told(true));
  });
});

describe('while Redis is away', () => {
  test('reading and uploading go on, and what an upload began is delivered afterwards', async () => {
    const bytes = someBytes(MiB);
    let path = '';
    await stack.outage('redis', async () => {
      const begun = performance.now();
      expect((await get('/api/v1/videos')).status).toBe(200);
      expect(performance.now() - begun).toBeLessThan(5_000);
      path = await tus(api, key).begin(bytes.length);
      expect((await tus(api, key).patch(path, 0, bytes)).status).toBe(204);
    });
    expect(await storedDigest(here, path)).toBe(digest(bytes));
    const job = await here.db.job.findFirstOrThrow({ where: { video: { uploadId: idOf(path) } } });
    expect(job.state).toBe('queued');
  });

  test('nobody signs in, for guesses could not be counted, and everybody is told to come back', async () => {
    await stack.outage('redis', async () => {
      expect(await problemIn(await signIn())).toMatchObject({ status: 503, code: 'queue_unavailable' });
    });
    await waitFor(async () => (await signIn()).status === 401);
  });

  test('an account is erased all the same, and nobody is it any more', async () => {
    const admin = await callsOf(here, api, 'admin');
    const one = await callsOf(here, api, 'viewer');
    const { id, email } = one.person;
    await stack.outage('redis', async () => {
      const { status, body } = await admin.call('POST', `/users/${id}/erase`, { confirm: email });
      expect([status, body]).toEqual([200, expect.objectContaining({ kind: 'user', subjectId: id })]);
      expect((await one.call('GET', '/me')).status).toBe(401);
    });
    expect(await here.db.user.findUnique({ where: { id } })).toBeNull();
  });
});

describe('S3 stopped and started in the middle of an upload', () => {
  test('loses nothing that was acknowledged', async () => {
    const bytes = someBytes(30 * MiB + 11);
    const client = tus(api, key);
    const path = await client.begin(bytes.length);
    await client.patch(path, 0, bytes.subarray(0, 3 * MiB));
    await client.patch(path, 3 * MiB, bytes.subarray(3 * MiB, 12 * MiB));
    const before = await client.offset(path);
    expect(before).toBe(12 * MiB);
    const writer = client.slowPatch(path, before, bytes.length - before);
    await writer.write(bytes.subarray(before, 21 * MiB));
    const seen = await waitFor(async () => {
      const size = await here.storage.growing(`w/${here.workspaceId}/u/${idOf(path)}`, { expectedBytes: 1 }).size();
      return size > before && size;
    });
    await stack.outage('s3', async () => {
      // What is refused is not read for ever: a slow client finds the line cut behind the answer.
      const cut = await writer.write(bytes.subarray(21 * MiB)).then(
        () => undefined,
        (error: Error) => error.message,
      );
      expect(cut ?? 'EPIPE').toMatch(CUT);
      writer.end();
      const answer = await writer.answer;
      expect([answer.status, answer.headers['content-type']]).toEqual([503, 'application/problem+json']);
      expect((await client.head(path)).status).toBe(503);
    });
    const after = await waitFor(() => client.offset(path));
    expect(after).toBeGreaterThanOrEqual(seen);
    expect((await client.patch(path, after, bytes.subarray(after))).status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });
});
