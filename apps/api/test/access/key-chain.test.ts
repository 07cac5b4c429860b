import type { Role } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation, Person } from '../installation.ts';
import { callsOf, type PersonCalls } from '../person-calls.ts';
import { someAddress } from '../sign-in.ts';
import { addVideo } from '../videos.ts';

/** A replica may believe a key this long; DESIGN's promise. */
const ENDED_MS = 5_000;

let here: Installation;
let replicas: RunningApi[];
let api: RunningApi;
let admin: PersonCalls;

beforeAll(async () => {
  here = await install();
  replicas = await Promise.all([here.start(), here.start()]);
  [api] = replicas as [RunningApi];
  admin = await callsOf(here, api, 'admin');
});
afterAll(() => here.dispose());

interface MadeKey {
  readonly id: string;
  readonly key: string;
}

type Call = (path: string, body: object) => Promise<unknown>;

const asKey =
  ({ key }: MadeKey): Call =>
  async (path, body) => {
    const response = await post(key, path, body);
    return JSON.parse(await response.text());
  };

function post(key: string, path: string, body: object, url = api.url): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function make(call: Call, role: Role, more: object = {}): Promise<MadeKey> {
  const made = await call('/keys', { name: 'Link', role, ...more });
  expect(made).toMatchObject({ id: expect.any(String), key: expect.any(String) });
  return made as MadeKey;
}

interface Chain {
  readonly person: Person;
  readonly keys: [MadeKey, MadeKey, MadeKey];
}

/** A person's key, the key that it made, and the one that this made. */
async function chainOf(role: Role): Promise<Chain> {
  const maker = await callsOf(here, api, role);
  const first = await make(async (path, body) => (await maker.call('POST', path, body)).body, role);
  const second = await make(asKey(first), role);
  return { person: maker.person, keys: [first, second, await make(asKey(second), role)] };
}

/** What a key is told over REST and over tRPC, at each replica. */
async function answers({ key }: MadeKey): Promise<number[]> {
  // What is refused is counted by address, over all tests.
  const headers = { authorization: `Bearer ${key}`, 'x-forwarded-for': someAddress() };
  const paths = ['/api/v1/me', '/api/trpc/me.get'];
  const asked = replicas.flatMap(({ url }) => paths.map((path) => fetch(url + path, { headers })));
  return (await Promise.all(asked)).map(({ status }) => status);
}
const EVERYWHERE = (status: number): number[] => [status, status, status, status];

/** Opens a line of events; how to hear how it ended. */
async function openLine({ key }: MadeKey, { url }: RunningApi): Promise<{ lastWords: Promise<string | undefined> }> {
  const response = await fetch(`${url}/api/trpc/events.workspace`, { headers: { authorization: `Bearer ${key}` } });
  return { lastWords: response.text().then((text) => /"code":"(\w+)"/.exec(text)?.[1]) };
}

const WAYS: Record<string, (chain: Chain) => Promise<unknown>> = {
  'the first key is revoked': ({ keys: [first] }) => admin.call('DELETE', `/keys/${first.id}`),
  'the first key is revoked in the database': ({ keys: [{ id }] }) =>
    here.db.apiKey.update({ where: { id }, data: { revokedAt: new Date() } }),
  'the first key expires': ({ keys: [{ id }] }) =>
    here.db.apiKey.update({ where: { id }, data: { expiresAt: new Date() } }),
  'the person is taken out of the workspace': ({ person }) =>
    admin.call('DELETE', `/workspaces/${here.workspaceId}/members/${person.id}`),
  'the person is moved to another workspace': async ({ person }) =>
    admin.call('PATCH', `/users/${person.id}`, { workspaceIds: [await here.workspace()] }),
  'the person is disabled': ({ person }) => admin.call('POST', `/users/${person.id}/disable`),
  'the person is gone': ({ person: { id } }) => here.db.user.delete({ where: { id } }),
};

describe.concurrent(
  'a key that a key made ends, on every replica and with its events, within five seconds, when',
  () => {
    test.for(Object.entries(WAYS))('%s', async ([, end]) => {
      const chain = await chainOf('editor');
      for (const key of chain.keys) expect(await answers(key)).toEqual(EVERYWHERE(200));
      const lines = await Promise.all(replicas.map((replica) => openLine(chain.keys[2], replica)));
      await end(chain);
      const begun = performance.now();
      for (const key of chain.keys) {
        await waitFor(async () => (await answers(key)).every((status) => status === 401), { timeout: 2 * ENDED_MS });
      }
      const ended = await Promise.all(lines.map(({ lastWords }) => lastWords));
      expect(ended).toEqual(['unauthenticated', 'unauthenticated']);
      expect(performance.now() - begun).toBeLessThan(ENDED_MS);
    });
  },
);

test('a role that is lowered lowers the whole chain', async () => {
  const { person, keys } = await chainOf('editor');
  const { id } = await addVideo(here, { state: 'failed' });
  const share = (key: MadeKey) =>
    Promise.all(
      replicas.map(async ({ url }) => (await post(key.key, `/videos/${id}/shares`, { seconds: 3_600 }, url)).status),
    );
  expect(await share(keys[2])).toEqual([201, 201]);
  await admin.call('PATCH', `/users/${person.id}`, { role: 'viewer' });
  for (const key of keys) {
    await waitFor(async () => (await share(key)).every((status) => status === 403), { timeout: ENDED_MS });
    expect(await answers(key)).toEqual(EVERYWHERE(200));
  }
});

test('an operator who is no longer one takes the other workspaces from the chain', async () => {
  const elsewhere = await here.workspace();
  const maker = await callsOf(here, api, 'operator');
  const first = await make(async (path, body) => (await maker.call('POST', path, body)).body, 'editor', {
    workspaceId: elsewhere,
  });
  const second = await make(asKey(first), 'viewer');
  expect(await answers(second)).toEqual(EVERYWHERE(200));
  await admin.call('PATCH', `/users/${maker.person.id}`, { role: 'editor' });
  for (const key of [first, second])
    await waitFor(async () => (await answers(key)).every((status) => status === 401), { timeout: ENDED_MS });
});

test('a password that is reset ends sessions, and no key', async () => {
  const { person, keys } = await chainOf('editor');
  expect((await admin.call('POST', `/users/${person.id}/reset-password`)).status).toBe(200);
  for (const key of keys) expect(await answers(key)).toEqual(EVERYWHERE(200));
});

test('who was disabled and is enabled again has their keys again, but for those that were revoked', async () => {
  const { person, keys } = await chainOf('editor');
  await admin.call('DELETE', `/keys/${keys[1].id}`);
  await admin.call('POST', `/users/${person.id}/disable`);
  await admin.call('POST', `/users/${person.id}/enable`);
  await waitFor(async () => (await answers(keys[0])).every((status) => status === 200), { timeout: ENDED_MS });
  await waitFor(async () => (await answers(keys[2])).every((status) => status === 401), { timeout: ENDED_MS });
  expect(await answers(keys[1])).toEqual(EVERYWHERE(401));
});

test('the person behind a chain sees all of it, a key what it made itself', async () => {
  const maker = await callsOf(here, api, 'editor');
  const first = await make(async (path, body) => (await maker.call('POST', path, body)).body, 'editor');
  const second = await make(asKey(first), 'editor');
  const third = await make(asKey(second), 'viewer');
  const { body } = await maker.call('GET', '/keys');
  const behind = { id: maker.person.id, name: 'editor' };
  expect(body).toMatchObject({
    items: [
      { id: third.id, parentId: second.id, createdBy: behind },
      { id: second.id, parentId: first.id, createdBy: behind },
      { id: first.id, parentId: null, createdBy: behind },
    ],
  });
  const seen = await fetch(`${api.url}/api/v1/keys`, { headers: { authorization: `Bearer ${first.key}` } });
  expect(JSON.parse(await seen.text())).toMatchObject({ items: [{ id: second.id }] });
});

test('no chain has more than eight keys', async () => {
  let key = await make(async (path, body) => (await admin.call('POST', path, body)).body, 'editor');
  for (let place = 2; place <= 8; place += 1) key = await make(asKey(key), 'editor');
  expect(await answers(key)).toEqual(EVERYWHERE(200));
  const next = await post(key.key, '/keys', { name: 'Ninth', role: 'viewer' });
  expect([next.status, JSON.parse(await next.text())]).toMatchObject([409, { code: 'conflict' }]);
});

test('a key of which nobody knows the maker opens nothing', async () => {
  const secret = await here.key('admin');
  await here.db.apiKey.updateMany({ where: { prefix: secret.slice(0, 8), local: true }, data: { local: false } });
  expect(await answers({ id: '', key: secret })).toEqual(EVERYWHERE(401));
});

describe('a key that reaches all workspaces', () => {
  const all = { name: 'All', role: 'operator', reach: 'all' };

  test('is an administrator’s alone to make, who has to be signed in', async () => {
    const made = await admin.call('POST', '/keys', all);
    expect([made.status, made.body]).toMatchObject([201, { reach: 'all', role: 'operator' }]);
    const operator = await callsOf(here, api, 'operator');
    expect(await operator.call('POST', '/keys', all)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const key = await here.key('admin', undefined, 'all');
    const byKey = await post(key, '/keys', all);
    expect([byKey.status, JSON.parse(await byKey.text())]).toMatchObject([403, { code: 'person_required' }]);
  });

  test('reaches one once its maker is no administrator, and those it made elsewhere end', async () => {
    const maker = await callsOf(here, api, 'admin');
    const elsewhere = await here.workspace();
    const { body } = await maker.call('POST', '/keys', { ...all, workspaceId: here.workspaceId });
    const key = body as unknown as MadeKey;
    const child = await make(asKey(key), 'viewer', { workspaceId: elsewhere });
    expect(await answers(child)).toEqual(EVERYWHERE(200));
    const { id } = await addVideo(here, { workspaceId: elsewhere });
    const statusElsewhere = async (): Promise<number> => {
      const headers = { authorization: `Bearer ${key.key}` };
      return (await fetch(`${api.url}/api/v1/videos/${id}`, { headers })).status;
    };
    expect(await statusElsewhere()).toBe(200);
    await admin.call('PATCH', `/users/${maker.person.id}`, { role: 'operator' });
    expect(await statusElsewhere()).toBe(404);
    await waitFor(async () => (await answers(child)).every((status) => status === 401), { timeout: ENDED_MS });
    expect(await answers(key)).toEqual(EVERYWHERE(200));
  });

  test('puts what it makes into its own workspace unless told otherwise', async () => {
    await here.workspace();
    const home = await here.workspace();
    const key = { id: '', key: await here.key('editor', home, 'all') };
    expect(await asKey(key)('/keys', { name: 'x', role: 'viewer' })).toMatchObject({
      workspaceId: home,
      reach: 'workspace',
    });
  });

  test('is not seen, and not revoked, by one that reaches only its workspace', async () => {
    const { body } = await admin.call('POST', '/keys', { ...all, workspaceId: here.workspaceId });
    const id = String(body['id']);
    const headers = { authorization: `Bearer ${await here.key('admin')}` };
    expect(await (await fetch(`${api.url}/api/v1/keys`, { headers })).text()).not.toContain(id);
    expect((await fetch(`${api.url}/api/v1/keys/${id}`, { method: 'DELETE', headers })).status).toBe(404);
  });
});
