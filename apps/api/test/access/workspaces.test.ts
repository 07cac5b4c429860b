import { randomUUID } from 'node:crypto';
import { BUILT_IN_PRESETS, Problem } from '@transcode/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { restProcedures } from '../../src/rest/rest-routes.ts';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { openSession, signIn } from '../sign-in.ts';
import { idOf, tus } from '../tus.ts';
import { addJob, addVideo } from '../videos.ts';

let here: Installation;
let api: RunningApi;
let owner: string;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  owner = await here.key('editor');
});
afterAll(() => here.dispose());

const call = (key: string, method: string, path: string, body?: object): Promise<Response> =>
  fetch(api.url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** Something of the workspace, of the kind that an address names. */
const things: Record<string, () => Promise<string>> = {
  videos: async () => (await addVideo(here, { state: 'failed' })).id,
  jobs: async () => (await addJob(here, await addVideo(here, { state: 'processing' }))).id,
  uploads: async () => idOf(await tus(api, owner).begin(10)),
  shares: async () => {
    const { id: videoId } = await addVideo(here, { state: 'ready' });
    const expiresAt = new Date(Date.now() + 60_000);
    return (await here.db.shareLink.create({ data: { videoId, tokenHash: randomUUID(), expiresAt } })).id;
  },
  keys: async () => {
    const cookie = await signIn(here, api, await here.person('editor'));
    const response = await fetch(`${api.url}/api/v1/keys`, {
      method: 'POST',
      headers: { cookie, origin: api.url, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Mine', role: 'viewer' }),
    });
    const { id }: { id: string } = JSON.parse(await response.text());
    return id;
  },
};

/** Workers, backups, operations and receipts of erasures are of no workspace, and neither are accounts, workspaces and sessions: who may have them, the tests of each say. */
const OF_NONE = /^\/(?:workers|backups|operations|erasures)\//;
const named = restProcedures().filter(
  ({ route, person }) => route.path.includes('{id}') && !person && !OF_NONE.test(route.path),
);

test('there is something to ask each address for', () => {
  const kinds = named.map(({ route }) => route.path.split('/')[1] ?? '');
  expect([...new Set(kinds)].toSorted()).toEqual(Object.keys(things).toSorted());
});

describe("what is another workspace's does not exist", () => {
  test.for(named.map((one) => [one.name, one] as const))('%s', async ([, { route }]) => {
    const kind = route.path.split('/')[1] ?? '';
    const id = (await things[kind]?.()) ?? '';
    const stranger = await here.key('editor', await here.workspace());
    const body =
      route.method === 'PATCH' || route.method === 'POST' ? { title: 'Taken over', seconds: 3600 } : undefined;
    const path = `/api/v1${route.path}`;
    const theirs = await call(stranger, route.method, path.replace('{id}', id), body);
    const never = await call(
      stranger,
      route.method,
      path.replace('{id}', '01890000-0000-7000-8000-000000000000'),
      body,
    );
    expect([theirs.status, never.status]).toEqual([404, 404]);
    const told = [Problem.parse(await theirs.json()), Problem.parse(await never.json())];
    expect({ ...told[0], requestId: '' }).toEqual({ ...told[1], requestId: '' });
  });

  test('nor is it in a list', async () => {
    const stranger = await here.key('editor', await here.workspace());
    for (const make of Object.values(things)) await make();
    for (const path of ['videos', 'jobs', 'uploads', 'keys']) {
      const { items }: { items: unknown[] } = JSON.parse(await (await call(stranger, 'GET', `/api/v1/${path}`)).text());
      expect([path, items]).toEqual([path, []]);
    }
  });

  test('nor may a key or an upload be put there', async () => {
    const workspaceId = await here.workspace();
    const made = await call(owner, 'POST', '/api/v1/keys', { name: 'x', role: 'viewer', workspaceId });
    expect(made.status).toBe(404);
    const upload = await tus(api, owner).create({ length: 5, metadata: { filename: 'a', workspaceId } });
    expect(upload.status).toBe(400);
  });

  test('nor is it told in events', async () => {
    const workspaceId = await here.workspace();
    const stranger = await here.key('viewer', workspaceId);
    const events = await fetch(`${api.url}/api/trpc/events.workspace`, {
      headers: { authorization: `Bearer ${stranger}` },
    });
    const mine = await addVideo(here, { state: 'processing' });
    const theirs = await addVideo(here, { state: 'processing', workspaceId });
    for (const video of [mine, theirs]) {
      const admin = await here.key('admin', video.workspaceId);
      await call(admin, 'PATCH', `/api/v1/videos/${video.id}`, { title: 'Renamed' });
    }
    let text = '';
    for await (const chunk of events.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (text.includes(theirs.id)) break;
    }
    expect(text).toContain(theirs.id);
    expect(text).not.toContain(mine.id);
  });
});

test('within a workspace an upload and a key are their maker’s, and an admin’s', async () => {
  const colleague = await here.key('editor');
  const admin = await here.key('admin');
  const [upload = '', key = ''] = [await things['uploads']?.(), await things['keys']?.()];
  const asked = [
    ['GET', `/api/v1/uploads/${upload}`],
    ['DELETE', `/api/v1/uploads/${upload}`],
    ['DELETE', `/api/v1/keys/${key}`],
  ] as const;
  for (const [method, path] of asked) expect((await call(colleague, method, path)).status).toBe(404);
  const statuses: number[] = [];
  for (const [method, path] of asked) statuses.push((await call(admin, method, path)).status);
  expect(statuses).toEqual([200, 204, 204]);
});

test('an operator who is a person sees all workspaces; a key never more than its own', async () => {
  const workspaceId = await here.workspace();
  const { id } = await addVideo(here, { workspaceId });
  const cookie = await signIn(here, api, await here.person('operator'));
  const person = await fetch(`${api.url}/api/v1/videos/${id}`, { headers: { cookie } });
  const key = await call(await here.key('admin'), 'GET', `/api/v1/videos/${id}`);
  expect([person.status, key.status]).toEqual([200, 404]);
});

test('what names no workspace goes to the same one, whatever it is: one’s own, and the oldest of them', async () => {
  // The installation's own is older, and an administrator sees it.
  const [older, newer] = [await here.workspace(), await here.workspace()];
  const session = await openSession(api, await here.person('admin', { workspaceIds: [newer, older] }));
  const upload = idOf(await tus(api, session).begin(10));
  const [web] = BUILT_IN_PRESETS;
  const made = [
    await call(session, 'POST', '/api/v1/keys', { name: 'mine', role: 'viewer' }),
    await call(session, 'POST', '/api/v1/presets', { ...web, name: 'mine' }),
  ];
  const told = await Promise.all(
    made.map(async (answer) => z.object({ workspaceId: z.uuid() }).parse(await answer.json())),
  );
  const row = await here.db.upload.findUniqueOrThrow({ where: { id: upload } });
  expect([...told, row].map(({ workspaceId }) => workspaceId)).toEqual([older, older, older]);
});

test('nobody makes a key that may do more than they', async () => {
  const made = await call(owner, 'POST', '/api/v1/keys', { name: 'x', role: 'admin' });
  expect(Problem.parse(await made.json())).toMatchObject({ status: 403, code: 'forbidden' });
});
