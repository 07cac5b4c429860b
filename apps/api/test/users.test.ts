import { randomUUID } from 'node:crypto';
import { UserView } from '@transcode/contracts';
import * as z from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { callsOf } from './person-calls.ts';
import type { PersonCalls } from './person-calls.ts';
import { openSession, signIn } from './sign-in.ts';

const Created = UserView.extend({ password: z.string() });

let here: Installation;
let api: RunningApi;
let admin: PersonCalls;

beforeAll(async () => {
  here = await install();
  api = await here.start();
});
beforeEach(async () => {
  await here.db.user.deleteMany();
  admin = await callsOf(here, api, 'admin');
});
afterAll(() => here.dispose());

const wanted = (more: object = {}): object => ({
  ...{ email: `${randomUUID()}@Example.org`, name: 'Ada', role: 'editor', workspaceIds: [here.workspaceId] },
  ...more,
});
const auditOf = (action: string): Promise<unknown> =>
  here.db.audit.findFirst({ where: { action }, orderBy: { id: 'desc' } });
const statusOfMe = async (cookie: string): Promise<number> =>
  (await fetch(`${api.url}/api/v1/me`, { headers: { cookie } })).status;

test('an account is made with a password that works once and is stored nowhere', async () => {
  const { status, body } = await admin.call('POST', '/users', wanted());
  expect(status).toBe(201);
  const user = Created.parse(body);
  expect(user).toMatchObject({ email: user.email.toLowerCase(), mustChangePassword: true, signedInAt: null });
  expect(user.workspaces.map(({ id }) => id)).toEqual([here.workspaceId]);
  expect(JSON.stringify(await here.db.audit.findMany())).not.toContain(user.password);
  const cookie = await here.cookie(await openSession(api, user, user.password));
  const refused = await fetch(`${api.url}/api/v1/videos`, { headers: { cookie } });
  expect(refused.status).toBe(403);
  expect(await auditOf('user.create')).toMatchObject({
    target: user.id,
    actorUserId: admin.person.id,
    details: { name: user.email, after: { role: 'editor' } },
  });
});

test.for([
  'a@-example.org',
  'a@example-.org',
  'a@ex..org',
  `a@${'x'.repeat(64)}.org`,
  `${'x'.repeat(65)}@example.org`,
  `a@${'x.'.repeat(130)}org`,
])('an e-mail is not %s', async (email) => {
  const { status, body } = await admin.call('POST', '/users', wanted({ email }));
  expect([status, body['issues']]).toMatchObject([400, [{ path: 'email' }]]);
});

test('an e-mail may be as long as one is anywhere', async () => {
  const email = `${'x'.repeat(64)}@${'y'.repeat(63)}.z-0.org`;
  expect((await admin.call('POST', '/users', wanted({ email }))).status).toBe(201);
});

test('no two accounts have one e-mail, in whatever letters', async () => {
  await admin.call('POST', '/users', wanted({ email: 'a@example.org' }));
  const { status, body } = await admin.call('POST', '/users', wanted({ email: 'A@example.org' }));
  expect([status, body['detail']]).toEqual([409, 'a@example.org has an account already.']);
});

test('a workspace that is not there makes no account', async () => {
  const { status } = await admin.call('POST', '/users', wanted({ workspaceIds: [randomUUID()] }));
  expect(status).toBe(404);
  expect(await here.db.user.count()).toBe(1);
});

test('accounts are found by a part of their name, page by page', async () => {
  // "in" is of admin's name too, and of no e-mail here: what is random in those is hexadecimal.
  for (const name of ['Ina', 'Bea', 'Minna']) await admin.call('POST', '/users', wanted({ name }));
  const Page = z.object({ items: z.array(UserView), nextCursor: z.string().nullable() });
  const first = Page.parse((await admin.call('GET', '/users?search=in&limit=1')).body);
  expect(first.items.map(({ name }) => name)).toEqual(['Minna']);
  const second = Page.parse(
    (await admin.call('GET', `/users?search=IN&limit=5&cursor=${first.nextCursor ?? ''}`)).body,
  );
  expect(second.items.map(({ name }) => name)).toEqual(['Ina', 'admin']);
  expect(second.nextCursor).toBeNull();
});

test('a changed role holds with the next request, and the log has what was before and after', async () => {
  const editor = await callsOf(here, api, 'editor');
  expect((await editor.call('GET', '/users')).status).toBe(403);
  const { status, body } = await admin.call('PATCH', `/users/${editor.person.id}`, { role: 'admin' });
  expect([status, body['role']]).toEqual([200, 'admin']);
  expect((await editor.call('GET', '/users')).status).toBe(200);
  expect(await auditOf('user.update')).toMatchObject({
    details: { name: editor.person.email, before: { role: 'editor' }, after: { role: 'admin' } },
  });
});

test('what does not change anything is not written down', async () => {
  const before = await here.db.audit.count({ where: { action: 'user.update' } });
  const { id } = await here.person('viewer');
  expect((await admin.call('PATCH', `/users/${id}`, { role: 'viewer' })).status).toBe(200);
  expect(await here.db.audit.count({ where: { action: 'user.update' } })).toBe(before);
});

test('other workspaces are seen with the next request', async () => {
  const other = await here.workspace();
  const viewer = await callsOf(here, api, 'viewer');
  await admin.call('PATCH', `/users/${viewer.person.id}`, { workspaceIds: [other] });
  const { body } = await viewer.call('GET', '/me');
  expect(body['workspaces']).toMatchObject([{ id: other }]);
});

describe('the last administrator', () => {
  const only = { code: 'conflict', detail: expect.stringContaining('only administrator') as string };

  test('keeps the role', async () => {
    await here.person('editor');
    const { status, body } = await admin.call('PATCH', `/users/${admin.person.id}`, { role: 'editor' });
    expect(status).toBe(409);
    expect(body).toMatchObject(only);
  });

  test('is not the last while another may sign in; a disabled one does not count', async () => {
    const second = await callsOf(here, api, 'admin');
    await second.call('POST', `/users/${admin.person.id}/disable`);
    const { body } = await second.call('PATCH', `/users/${second.person.id}`, { role: 'viewer' });
    expect(body).toMatchObject(only);
  });

  test('remains when two take the role from each other at once', async () => {
    const second = await callsOf(here, api, 'admin');
    const answers = await Promise.all([
      second.call('PATCH', `/users/${admin.person.id}`, { role: 'viewer' }),
      admin.call('PATCH', `/users/${second.person.id}`, { role: 'viewer' }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await here.db.user.count({ where: { role: 'admin' } })).toBe(1);
  });

  test('cannot disable itself, nor can anybody', async () => {
    await here.person('admin');
    const { body } = await admin.call('POST', `/users/${admin.person.id}/disable`);
    expect(body).toMatchObject({ code: 'conflict', detail: expect.stringContaining('your own account') as string });
  });
});

test('a disabled account is signed out at once, its keys open nothing, and enabling lets both in again', async () => {
  const editor = await callsOf(here, api, 'editor');
  const made = await editor.call('POST', '/keys', { name: 'Mine', role: 'viewer' });
  const authorization = `Bearer ${String(made.body['key'])}`;
  const byKey = async (): Promise<number> =>
    (await fetch(`${api.url}/api/v1/me`, { headers: { authorization } })).status;
  expect(await byKey()).toBe(200);
  await admin.call('POST', `/users/${editor.person.id}/disable`);
  expect([(await editor.call('GET', '/me')).status, await byKey()]).toEqual([401, 401]);
  await admin.call('POST', `/users/${editor.person.id}/enable`);
  expect(await byKey()).toBe(200);
  // The session that was ended stays ended.
  expect((await editor.call('GET', '/me')).status).toBe(401);
  expect(await statusOfMe(await signIn(here, api, editor.person))).toBe(200);
});

test('a key is never worth more than who made it is by now', async () => {
  const maker = await callsOf(here, api, 'admin');
  const made = await maker.call('POST', '/keys', { name: 'Mine', role: 'admin', workspaceId: here.workspaceId });
  const me = async (): Promise<{ status: number; role?: unknown }> => {
    const response = await fetch(`${api.url}/api/v1/me`, {
      headers: { authorization: `Bearer ${String(made.body['key'])}` },
    });
    const body: { role?: unknown } = JSON.parse(await response.text());
    return { status: response.status, role: body.role };
  };
  expect(await me()).toEqual({ status: 200, role: 'admin' });
  await admin.call('PATCH', `/users/${maker.person.id}`, { role: 'viewer' });
  expect(await me()).toEqual({ status: 200, role: 'viewer' });
  await admin.call('PATCH', `/users/${maker.person.id}`, { workspaceIds: [] });
  expect((await me()).status).toBe(401);
});

test('a reset password signs out, and the old one is wrong', async () => {
  const editor = await callsOf(here, api, 'editor');
  const { status, body } = await admin.call('POST', `/users/${editor.person.id}/reset-password`);
  expect(status).toBe(200);
  expect((await editor.call('GET', '/me')).status).toBe(401);
  await expect(openSession(api, editor.person)).rejects.toThrow('wrong_credentials');
  const session = await openSession(api, editor.person, String(body['password']));
  expect(await statusOfMe(await here.cookie(session))).toBe(200);
  expect(JSON.stringify(await auditOf('user.resetPassword'))).not.toContain(String(body['password']));
});

test('an API key administers nobody, whatever its role', async () => {
  const response = await fetch(`${api.url}/api/v1/users`, {
    headers: { authorization: `Bearer ${await here.key('admin')}` },
  });
  expect([response.status, JSON.parse(await response.text())]).toMatchObject([403, { code: 'person_required' }]);
});
