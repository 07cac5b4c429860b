import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { procedures } from '../../src/rest/rest-routes.ts';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { signIn } from '../sign-in.ts';
import { callProcedure } from '../trpc-call.ts';
import { addVideo } from '../videos.ts';

const BEFORE_PASSWORD_CHANGE = new Set(['auth.signIn', 'auth.signOut', 'auth.changePassword', 'me.get', 'shares.open']);

let here: Installation;
let api: RunningApi;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  // Something for the events to begin with.
  await addVideo(here);
});
afterAll(() => here.dispose());

describe('while the one-time password has not been changed', () => {
  test.for(procedures())('%s', async ([name, procedure]) => {
    const cookie = await signIn(here, api, await here.person('admin', { mustChangePassword: true }));
    const code = await callProcedure(api, name, procedure, { cookie, origin: api.url });
    expect(code === 'password_change_required').toBe(!BEFORE_PASSWORD_CHANGE.has(name));
  });
});
