import { ROLES } from '@transcode/contracts';
import type { Role } from '@transcode/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metaOf, procedures } from '../../src/rest/rest-routes.ts';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { signIn } from '../sign-in.ts';
import { callProcedure } from '../trpc-call.ts';
import { addVideo } from '../videos.ts';

/** The least role for each procedure. A new one has to be thought about, and written down, here. */
const LEAST: Readonly<Record<string, Role | 'public'>> = {
  'auth.signIn': 'public',
  'auth.signOut': 'viewer',
  'auth.changePassword': 'viewer',
  'me.get': 'viewer',
  'videos.list': 'viewer',
  'videos.get': 'viewer',
  'videos.files': 'viewer',
  'videos.rename': 'editor',
  'videos.retry': 'editor',
  'videos.delete': 'editor',
  'jobs.list': 'viewer',
  'jobs.get': 'viewer',
  'jobs.log': 'viewer',
  'jobs.cancel': 'editor',
  'jobs.cancelMany': 'editor',
  'jobs.retryMany': 'editor',
  'jobs.setPriority': 'editor',
  'queues.get': 'operator',
  'queues.next': 'operator',
  'queues.failures': 'operator',
  'uploads.list': 'viewer',
  'uploads.get': 'viewer',
  'uploads.cancel': 'editor',
  'presets.list': 'viewer',
  'presets.get': 'viewer',
  'presets.create': 'editor',
  'presets.update': 'editor',
  'presets.delete': 'editor',
  'keys.list': 'editor',
  'keys.create': 'editor',
  'keys.revoke': 'editor',
  'workers.list': 'operator',
  'workers.get': 'operator',
  'workers.pause': 'operator',
  'workers.drain': 'operator',
  'workers.resume': 'operator',
  'gpus.list': 'operator',
  'gpus.history': 'operator',
  'overview.get': 'operator',
  'users.list': 'admin',
  'users.create': 'admin',
  'users.update': 'admin',
  'users.disable': 'admin',
  'users.enable': 'admin',
  'users.resetPassword': 'admin',
  'workspaces.list': 'admin',
  'workspaces.create': 'admin',
  'workspaces.rename': 'admin',
  'workspaces.addMember': 'admin',
  'workspaces.removeMember': 'admin',
  'sessions.list': 'viewer',
  'sessions.end': 'viewer',
  'sessions.endOthers': 'viewer',
  'shares.create': 'editor',
  'shares.list': 'editor',
  'shares.revoke': 'editor',
  'shares.open': 'public',
  'audit.list': 'admin',
  'limits.get': 'admin',
  'events.video': 'viewer',
  'events.workspace': 'viewer',
};
const BEFORE_PASSWORD_CHANGE = new Set(['auth.signIn', 'auth.signOut', 'auth.changePassword', 'me.get', 'shares.open']);

let here: Installation;
let api: RunningApi;
const keys = new Map<Role, string>();

beforeAll(async () => {
  here = await install();
  api = await here.start();
  // Something for the events to begin with.
  await addVideo(here);
  for (const role of ROLES) keys.set(role, await here.key(role));
});
afterAll(() => here.dispose());

test('every procedure has an expectation here, and none is left of one that went', () => {
  expect(
    procedures()
      .map(([name]) => name)
      .toSorted(),
  ).toEqual(Object.keys(LEAST).toSorted());
});

test('every procedure declares the role that is expected', () => {
  expect(procedures().map(([name, procedure]) => [name, metaOf(procedure)?.role])).toEqual(
    procedures().map(([name]) => [name, LEAST[name]]),
  );
});

describe('each procedure lets in whom it should, and nobody else', () => {
  test.for(procedures())('%s', async ([name, procedure]) => {
    const least = LEAST[name] ?? 'public';
    const answers: Record<string, string> = { nobody: await callProcedure(api, name, procedure) };
    for (const role of ROLES) {
      const authorization = `Bearer ${keys.get(role) ?? ''}`;
      answers[role] = await callProcedure(api, name, procedure, { authorization });
    }
    const refused = Object.entries(answers).filter(([, code]) => code === 'unauthenticated' || code === 'forbidden');
    const below = least === 'public' ? [] : ROLES.slice(0, ROLES.indexOf(least)).map((role) => [role, 'forbidden']);
    expect(refused).toEqual(least === 'public' ? [] : [['nobody', 'unauthenticated'], ...below]);
  });
});

describe('while the one-time password has not been changed', () => {
  test.for(procedures())('%s', async ([name, procedure]) => {
    const cookie = await signIn(here, api, await here.person('admin', { mustChangePassword: true }));
    const code = await callProcedure(api, name, procedure, { cookie, origin: api.url });
    expect(code === 'password_change_required').toBe(!BEFORE_PASSWORD_CHANGE.has(name));
  });
});
