import { randomUUID } from 'node:crypto';
import { Problem } from '@transcode/contracts';
import { createTRPCClient, httpLink } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restProcedures } from '../src/rest/rest-routes.ts';
import type { AppRouter } from '../src/router.ts';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { addVideo } from './videos.ts';

let here: Installation;
let api: RunningApi;
let key: string;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  key = await here.key('editor');
});
afterAll(() => here.dispose());

const call = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(api.url + path, {
    ...init,
    headers: new Headers([['authorization', `Bearer ${key}`], ...new Headers(init.headers)]),
  });
const send = (method: string, path: string, body: unknown): Promise<Response> =>
  call(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const trpc = (): ReturnType<typeof createTRPCClient<AppRouter>> =>
  createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${api.url}/api/trpc`, headers: { authorization: `Bearer ${key}` } })],
  });

async function problem(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const told = Problem.parse(await response.json());
  expect(told.status).toBe(response.status);
  expect(told.requestId).toBe(response.headers.get('x-request-id'));
  expect(told.type).toBe(`urn:transcode:error:${told.code}`);
  return told;
}

test('tells who asks', async () => {
  const response = await call('/api/v1/me');
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ user: null, role: 'editor', workspaces: [{ id: here.workspaceId }] });
});

test('answers the same by REST and by tRPC', async () => {
  const { id } = await addVideo(here, {
    state: 'failed',
    failureCode: 'source_empty',
    failureText: 'The file is empty.',
  });
  await addVideo(here, { state: 'processing' });
  const pairs: [string, Promise<unknown>][] = [
    ['/me', trpc().me.get.query()],
    ['/videos', trpc().videos.list.query()],
    ['/videos?limit=1&state=failed&state=ready', trpc().videos.list.query({ limit: 1, state: ['failed', 'ready'] })],
    ['/videos?sort=size&order=ascending', trpc().videos.list.query({ sort: 'size', order: 'ascending' })],
    [`/videos/${id}`, trpc().videos.get.query({ id })],
    [`/videos/${id}/files`, trpc().videos.files.query({ id })],
    ['/jobs', trpc().jobs.list.query({})],
    ['/uploads?state=receiving', trpc().uploads.list.query({ state: 'receiving' })],
    ['/presets', trpc().presets.list.query()],
    ['/presets/web', trpc().presets.get.query({ name: 'web' })],
    ['/keys', trpc().keys.list.query()],
  ];
  for (const [path, answer] of pairs) {
    const response = await call(`/api/v1${path}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(await answer);
  }
});

test('renames, and writes down who did it', async () => {
  const { id } = await addVideo(here, { state: 'processing' });
  const response = await send('PATCH', `/api/v1/videos/${id}`, { title: '  A better name ' });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ id, title: 'A better name' });
  const audit = await here.db.audit.findFirstOrThrow({ where: { target: id } });
  expect(audit).toMatchObject({ action: 'video.rename', workspaceId: here.workspaceId });
  expect(audit.actorKeyId).not.toBeNull();
});

test('makes a key, shows it once, and forgets it when it is revoked', async () => {
  const made = await send('POST', '/api/v1/keys', { name: 'Build server', role: 'viewer' });
  expect(made.status).toBe(201);
  const body: { id: string; key: string; prefix: string } = JSON.parse(await made.text());
  expect(body.key).toMatch(/^tc_[\w-]{43}$/);
  const asked = (): Promise<Response> =>
    fetch(`${api.url}/api/v1/me`, { headers: { authorization: `Bearer ${body.key}` } });
  expect((await asked()).status).toBe(200);
  expect(JSON.stringify(await here.db.apiKey.findMany())).not.toContain(body.key);
  const revoke = async (by: string): Promise<number> => {
    const headers = { authorization: `Bearer ${by}` };
    return (await fetch(`${api.url}/api/v1/keys/${body.id}`, { method: 'DELETE', headers })).status;
  };
  expect(await revoke(await here.key('editor'))).toBe(404);
  expect(await revoke(await here.key('admin'))).toBe(204);
  expect((await asked()).status).toBe(401);
});

test('pages from new to old without gaps or doubles', async () => {
  const own = await here.workspace();
  const reader = await here.key('viewer', own);
  const ids: string[] = [];
  for (let n = 0; n < 7; n += 1) ids.unshift((await addVideo(here, { state: 'ready', workspaceId: own })).id);
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? 'limit=3' : `limit=3&cursor=${cursor}`;
    const response = await fetch(`${api.url}/api/v1/videos?${query}`, {
      headers: { authorization: `Bearer ${reader}` },
    });
    const page: { items: { id: string }[]; nextCursor: string | null } = JSON.parse(await response.text());
    seen.push(...page.items.map((video) => video.id));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(ids);
});

describe('tells what went wrong as a problem', () => {
  test.for([
    ['an address that is not there', '/api/v1/nothing', {}, 404, 'not_found'],
    ['a video that is not there', '/api/v1/videos/01890000-0000-7000-8000-000000000000', {}, 404, 'not_found'],
    ['an id that is none', '/api/v1/videos/7', {}, 400, 'bad_request'],
    ['a limit out of range', '/api/v1/videos?limit=100000', {}, 400, 'bad_request'],
    ['a limit that is no number', '/api/v1/videos?limit=many', {}, 400, 'bad_request'],
    ['a number that is not one of JSON', '/api/v1/videos?limit=0x10', {}, 400, 'bad_request'],
    [
      'a place in a log that is none',
      `/api/v1/jobs/${randomUUID()}/log?after=99999999999999999999-0`,
      {},
      400,
      'bad_request',
    ],
    ['a method it does not take', '/api/v1/videos', { method: 'PUT' }, 405, 'method_not_allowed'],
    ['no key at all', '/api/v1/me', { headers: { authorization: '' } }, 401, 'unauthenticated'],
    ['a wrong key', '/api/v1/me', { headers: { authorization: 'Bearer tc_wrong' } }, 401, 'unauthenticated'],
  ] satisfies [string, string, RequestInit, number, string][])('%s', async ([, path, init, status, code]) => {
    const told = await problem(await call(path, init));
    expect(told).toMatchObject({ status, code });
  });

  test('a body of another type', async () => {
    const response = await call('/api/v1/keys', {
      method: 'POST',
      body: 'a=b',
      headers: { 'content-type': 'text/plain' },
    });
    expect(await problem(response)).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  test('a body that is not JSON', async () => {
    const response = await call('/api/v1/keys', {
      method: 'POST',
      body: '{"name":',
      headers: { 'content-type': 'application/json' },
    });
    expect(await problem(response)).toMatchObject({ status: 400, code: 'bad_request' });
  });

  test('a body that is too large', async () => {
    const response = await send('POST', '/api/v1/keys', { name: 'x'.repeat(2 * 1024 ** 2), role: 'viewer' });
    expect(await problem(response)).toMatchObject({ status: 413, code: 'payload_too_large' });
  });

  test('fields that are wrong, each by name', async () => {
    const told = await problem(await send('POST', '/api/v1/keys', { name: '', role: 'king' }));
    expect(told.issues?.map((issue) => issue.path)).toEqual(['name', 'role']);
  });

  test('the methods an address takes', async () => {
    const response = await call('/api/v1/videos/x', { method: 'POST' });
    expect(response.headers.get('allow')).toBe('GET, DELETE, PATCH');
  });

  test('also where another address would take it for a parameter', async () => {
    const response = await call('/api/v1/sessions/end-others', { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('before a body that it could not read', async () => {
    const init = { method: 'PUT', body: 'a=b', headers: { 'content-type': 'text/plain' } };
    expect((await call('/api/v1/videos', init)).status).toBe(405);
  });

  test('and tRPC says the same', async () => {
    await expect(trpc().videos.get.query({ id: '01890000-0000-7000-8000-000000000000' })).rejects.toMatchObject({
      message: 'There is no such video, or you may not see it.',
      data: { code: 'not_found', httpStatus: 404, retryable: false },
    });
  });
});

test.for([
  ['https://video.example.org', 'max-age=31536000; includeSubDomains'],
  ['http://video.example.org', null],
  [undefined, null],
] as const)('at %s, HTTPS is demanded by %j', async ([publicUrl, demanded]) => {
  const { url } = await here.start(publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl });
  for (const path of ['/api/v1/presets', '/api/nothing', '/videos', '/api/docs'])
    expect([path, (await fetch(url + path)).headers.get('strict-transport-security')]).toEqual([path, demanded]);
});

test('the schemas of REST are made once, whatever is asked for', () => {
  expect(restProcedures()).toBe(restProcedures());
});
