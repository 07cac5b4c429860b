import { randomUUID } from 'node:crypto';
import { Problem } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listLocalUsers, makeLocalAdmin, resetLocalPassword, unlockLocalUser } from '../../src/local.ts';
import type { RunningApi } from '../../src/start.ts';
import { install, PASSWORD } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { openSession, signIn, someAddress } from '../sign-in.ts';
import { changePassword, codeOf, me } from './callers.ts';

let here: Installation;
let replicas: [RunningApi, RunningApi];
let api: RunningApi;

beforeAll(async () => {
  here = await install();
  replicas = await Promise.all([here.start(), here.start()]);
  [api] = replicas;
});
afterAll(() => here.dispose());

const attempt = (email: string, password: string, address = someAddress(), { url } = api): Promise<Response> =>
  fetch(`${url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ email, password }),
  });

describe('signing in', () => {
  test('takes the address in any case, and answers the same to a wrong password and to a stranger', async () => {
    const person = await here.person('editor');
    expect((await attempt(`  ${person.email.toUpperCase()} `, PASSWORD)).status).toBe(200);
    const wrong = Problem.parse(await (await attempt(person.email, 'wrong')).json());
    const nobody = Problem.parse(await (await attempt('nobody@example.org', 'wrong')).json());
    expect({ ...wrong, requestId: '' }).toEqual({ ...nobody, requestId: '' });
    expect(wrong).toMatchObject({ status: 401, code: 'wrong_credentials' });
  });

  test('is refused to who was shut out', async () => {
    const person = await here.person('admin');
    const cookie = await signIn(here, api, person);
    await here.db.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    expect(await codeOf(await attempt(person.email, PASSWORD))).toEqual([401, 'wrong_credentials']);
    expect((await me(api, cookie)).status).toBe(401);
  });

  test('gives a session that only its hash is stored of, and that ends in time', async () => {
    const person = await here.person('viewer');
    const session = await openSession(api, person);
    const row = await here.db.session.findFirstOrThrow({ where: { userId: person.id } });
    expect(JSON.stringify(row)).not.toContain(session);
    const cookie = await here.cookie(session);
    await here.db.session.update({ where: { id: row.id }, data: { expiresAt: new Date() } });
    expect((await me(api, cookie)).status).toBe(401);
  });
});

describe('guessing', () => {
  test('is slowed down with 429 and a time to wait, over all replicas, whatever the password', async () => {
    const person = await here.person('viewer');
    const statuses: number[] = [];
    // The wait doubles: in one of some seconds there is time to ask elsewhere.
    await expect
      .poll(
        async () => {
          const guess = await attempt(person.email, 'wrong');
          statuses.push(guess.status);
          return Number(guess.headers.get('retry-after'));
        },
        { timeout: 30_000, interval: 20 },
      )
      .toBeGreaterThanOrEqual(4);
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    const elsewhere = await attempt(person.email, PASSWORD, someAddress(), replicas[1]);
    expect(Number(elsewhere.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await codeOf(elsewhere)).toEqual([429, 'too_many_requests']);
  });

  test('many at once do not slip through', async () => {
    const person = await here.person('viewer');
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await attempt(person.email, 'wrong')).status),
    );
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(6);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(14);
  });

  test('from one address at many accounts is slowed down as well, and others are not', async () => {
    const from = someAddress();
    const statuses: number[] = [];
    for (let n = 0; n < 27; n += 1) statuses.push((await attempt(`${randomUUID()}@example.org`, 'x', from)).status);
    expect(statuses.slice(0, 25)).not.toContain(429);
    expect(statuses.slice(25)).toContain(429);
    const { email } = await here.person('viewer');
    expect((await attempt(email, PASSWORD)).status).toBe(200);
  });

  test('elsewhere does not keep the owner out where they have signed in before', async () => {
    const { email } = await here.person('viewer');
    const home = someAddress();
    expect((await attempt(email, PASSWORD, home)).status).toBe(200);
    for (let n = 0; n < 12; n += 1) await attempt(email, 'wrong');
    expect((await attempt(email, PASSWORD)).status).toBe(429);
    expect((await attempt(email, PASSWORD, home, replicas[1])).status).toBe(200);
    // Nor is anybody free to guess there.
    const guesses: number[] = [];
    for (let n = 0; n < 8; n += 1) guesses.push((await attempt(email, 'wrong', home)).status);
    expect(guesses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(guesses.slice(5)).toContain(429);
  });

  test('at many accounts from everywhere lets who has signed in before go first', async () => {
    const { email } = await here.person('viewer');
    const home = someAddress();
    expect((await attempt(email, PASSWORD, home)).status).toBe(200);
    let guessed = 0;
    const guesses = Array.from({ length: 60 }, async () => {
      const { status } = await attempt(`${randomUUID()}@example.org`, 'x');
      guessed += 1;
      return status;
    });
    await waitFor(() => guessed > 0, { interval: 5 });
    expect((await attempt(email, PASSWORD, home)).status).toBe(200);
    expect(guessed).toBeLessThan(40);
    // Whose patience is over on a slow machine is told so.
    for (const status of await Promise.all(guesses)) expect([401, 429]).toContain(status);
  });

  test('is lifted by who has the machine', async () => {
    const { email } = await here.person('viewer');
    for (let n = 0; n < 12; n += 1) await attempt(email, 'wrong');
    expect((await attempt(email, PASSWORD)).status).toBe(429);
    await unlockLocalUser(here.db, here.env['REDIS_URL'] ?? '', email);
    expect((await attempt(email, PASSWORD)).status).toBe(200);
  });

  test('is forgotten once the password was right', async () => {
    const { email } = await here.person('viewer');
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 4; n += 1) expect((await attempt(email, 'wrong')).status).toBe(401);
      expect((await attempt(email, PASSWORD)).status).toBe(200);
    }
  });
});

describe('the one-time password', () => {
  test('has to be changed before anything else, and then everything is open', async () => {
    const person = await here.person('editor', { mustChangePassword: true });
    const cookie = await signIn(here, api, person);
    const videos = (): Promise<Response> => fetch(`${api.url}/api/v1/videos`, { headers: { cookie } });
    expect(await codeOf(await videos())).toEqual([403, 'password_change_required']);
    const upload = await fetch(`${api.url}/api/uploads`, {
      method: 'POST',
      headers: { cookie, origin: api.url, 'tus-resumable': '1.0.0', 'upload-length': '5' },
    });
    expect(await codeOf(upload)).toEqual([403, 'password_change_required']);
    expect(await (await me(api, cookie)).json()).toMatchObject({ mustChangePassword: true });

    const bad: [string, string][] = [
      [PASSWORD, 'short'],
      [PASSWORD, PASSWORD],
    ];
    for (const [current, next] of bad)
      expect(await codeOf(await changePassword(api, cookie, current, next))).toEqual([400, 'password_too_weak']);
    expect(await codeOf(await changePassword(api, cookie, 'not this one', 'another long passphrase'))).toEqual([
      401,
      'wrong_credentials',
    ]);
    expect((await changePassword(api, cookie, PASSWORD, 'another long passphrase')).status).toBe(204);
    expect((await videos()).status).toBe(200);
    expect((await attempt(person.email, PASSWORD)).status).toBe(401);
    expect((await attempt(person.email, 'another long passphrase')).status).toBe(200);
  });
});

describe('whoever has the machine', () => {
  test('sees all accounts, gives one a new password and makes it an administrator', async () => {
    const person = await here.person('viewer');
    const cookie = await signIn(here, api, person);
    await here.db.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    await makeLocalAdmin(here.db, person.email);
    const password = await resetLocalPassword(here.db, ` ${person.email.toUpperCase()}`);
    const row = (await listLocalUsers(here.db)).find(({ id }) => id === person.id);
    expect(row).toMatchObject({ role: 'admin', disabledAt: null, mustChangePassword: true });
    expect((await attempt(person.email, PASSWORD)).status).toBe(401);
    expect((await attempt(person.email, password)).status).toBe(200);
    await expect.poll(async () => (await me(api, cookie)).status, { timeout: 8_000 }).toBe(401);
    const deeds = await here.db.audit.findMany({ where: { target: person.id }, orderBy: { id: 'asc' } });
    expect(deeds.map(({ action }) => action)).toEqual(['user.update', 'user.resetPassword', 'auth.wrongPassword']);
    await expect(resetLocalPassword(here.db, 'nobody@example.org')).rejects.toThrow('nobody@example.org');
  });
});
