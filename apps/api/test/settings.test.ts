import { randomUUID } from 'node:crypto';
import { AuditView, LimitsView, SessionView, WorkspaceView } from '@transcode/contracts';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { callsOf } from './person-calls.ts';
import type { PersonCalls } from './person-calls.ts';
import { signIn } from './sign-in.ts';
import { addVideo } from './videos.ts';

const Entries = z.object({ items: z.array(AuditView), nextCursor: z.string().nullable() });
const Sessions = z.object({ items: z.array(SessionView) });

let here: Installation;
let api: RunningApi;
let admin: PersonCalls;

beforeAll(async () => {
  here = await install();
  api = await here.start({ UPLOAD_MAX_BYTES: '1000000', HISTORY_KEPT_SECONDS: '86400' });
  admin = await callsOf(here, api, 'admin');
});
afterAll(() => here.dispose());

describe('workspaces', () => {
  test('are made and renamed, each under a name of its own', async () => {
    const name = randomUUID();
    const made = await admin.call('POST', '/workspaces', { name });
    expect(made.status).toBe(201);
    const { id } = WorkspaceView.parse(made.body);
    expect((await admin.call('POST', '/workspaces', { name })).status).toBe(409);
    const renamed = await admin.call('PATCH', `/workspaces/${id}`, { name: `${name} 2` });
    expect(WorkspaceView.parse(renamed.body).name).toBe(`${name} 2`);
    const entry = await here.db.audit.findFirstOrThrow({ where: { action: 'workspace.rename', target: id } });
    expect(entry).toMatchObject({ workspaceId: id, details: { before: { name }, after: { name: `${name} 2` } } });
  });

  test('let somebody in and out, with their next request', async () => {
    const workspaceId = await here.workspace();
    const viewer = await callsOf(here, api, 'viewer');
    const video = await addVideo(here, { workspaceId, state: 'processing' });
    const see = async (): Promise<number> => (await viewer.call('GET', `/videos/${video.id}`)).status;
    expect(await see()).toBe(404);
    const path = `/workspaces/${workspaceId}/members`;
    expect((await admin.call('POST', path, { userId: viewer.person.id })).status).toBe(204);
    expect((await admin.call('POST', path, { userId: viewer.person.id })).status).toBe(204);
    expect(await see()).toBe(200);
    const { body } = await admin.call('GET', '/workspaces?limit=200');
    const listed = z
      .object({ items: z.array(WorkspaceView) })
      .parse(body)
      .items.find(({ id }) => id === workspaceId);
    expect(listed?.members.map(({ id }) => id)).toEqual([viewer.person.id]);
    expect((await admin.call('DELETE', `${path}/${viewer.person.id}`)).status).toBe(204);
    expect(await see()).toBe(404);
    expect((await admin.call('DELETE', `${path}/${viewer.person.id}`)).status).toBe(404);
    const actions = await here.db.audit.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } });
    expect(actions.map(({ action }) => action)).toEqual(['workspace.addMember', 'workspace.removeMember']);
  });
});

describe('sessions', () => {
  test('are one’s own; one is ended, then all others', async () => {
    const mine = await callsOf(here, api, 'viewer');
    const others = [await signIn(here, api, mine.person), await signIn(here, api, mine.person)];
    await callsOf(here, api, 'viewer');
    const list = async (): Promise<SessionView[]> => Sessions.parse((await mine.call('GET', '/sessions')).body).items;
    const before = await list();
    expect(before.map(({ current }) => current)).toEqual([false, false, true]);
    const holds = async (cookie = ''): Promise<number> =>
      (await fetch(`${api.url}/api/v1/me`, { headers: { cookie } })).status;
    // The newest is the last that signed in.
    expect((await mine.call('DELETE', `/sessions/${before[0]?.id ?? ''}`)).status).toBe(204);
    expect(await Promise.all(others.map(holds))).toEqual([200, 401]);
    expect((await mine.call('POST', '/sessions/end-others')).body).toEqual({ ended: 1 });
    expect(await Promise.all(others.map(holds))).toEqual([401, 401]);
    expect(await list()).toMatchObject([{ current: true }]);
  });

  test('of somebody else do not exist', async () => {
    const stranger = await callsOf(here, api, 'admin');
    const { id } = await here.db.session.findFirstOrThrow({ where: { userId: admin.person.id } });
    expect((await stranger.call('DELETE', `/sessions/${id}`)).status).toBe(404);
    expect((await admin.call('GET', '/me')).status).toBe(200);
  });
});

test('limits are told as this process has them', async () => {
  const limits = LimitsView.parse((await admin.call('GET', '/limits')).body);
  expect(limits).toMatchObject({ uploadMaxBytes: 1_000_000, historyKeptSeconds: 86_400, storage: 'files' });
  expect(limits.diskReserveBytes).toBeGreaterThan(0);
});

async function logOf(query: string): Promise<z.infer<typeof Entries>> {
  return Entries.parse((await admin.call('GET', `/audit?${query}`)).body);
}

describe('the audit log', () => {
  test('tells who, what, before and after, by person, action and target', async () => {
    const editor = await callsOf(here, api, 'editor');
    const { id } = await addVideo(here, { state: 'processing', title: 'Old' });
    await editor.call('PATCH', `/videos/${id}`, { title: 'New' });
    const { items } = await logOf(`target=${id}`);
    expect(items).toMatchObject([
      {
        actor: { kind: 'user', id: editor.person.id, name: 'editor' },
        ...{ action: 'video.rename', targetName: 'New', before: { title: 'Old' }, after: { title: 'New' } },
        workspace: { id: here.workspaceId },
      },
    ]);
    const actions = async (query: string): Promise<string[]> => (await logOf(query)).items.map(({ action }) => action);
    expect(await actions(`actor=${editor.person.id}`)).toEqual(['video.rename', 'auth.signIn']);
    expect(await actions(`actor=${editor.person.id}&action=auth.signIn&action=auth.signOut`)).toEqual(['auth.signIn']);
    expect(await actions(`actor=${editor.person.id}&action=video.delete`)).toEqual([]);
  });

  test('narrows to a time span and goes page by page', async () => {
    const target = randomUUID();
    const hour = 3_600_000;
    const now = Date.now();
    for (const hoursAgo of [5, 4, 3, 2]) {
      const at = new Date(now - hoursAgo * hour);
      const hex = at.getTime().toString(16).padStart(12, '0');
      const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
      await here.db.audit.create({ data: { id, at, action: `test.${hoursAgo}`, target } });
    }
    const iso = (hoursAgo: number): string => new Date(now - hoursAgo * hour).toISOString();
    const within = await logOf(`target=${target}&since=${iso(4)}&until=${iso(2)}`);
    expect(within.items.map(({ action }) => action)).toEqual(['test.3', 'test.4']);
    const first = await logOf(`target=${target}&limit=3`);
    const second = await logOf(`target=${target}&limit=3&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map(({ action }) => action)).toEqual([2, 3, 4, 5].map((n) => `test.${n}`));
    expect(second.nextCursor).toBeNull();
  });

  test('shows an API key its own workspace alone', async () => {
    const elsewhere = await here.workspace();
    const authorization = `Bearer ${await here.key('admin', elsewhere)}`;
    const response = await fetch(`${api.url}/api/v1/audit`, { headers: { authorization } });
    expect(Entries.parse(JSON.parse(await response.text())).items).toEqual([]);
  });
});
