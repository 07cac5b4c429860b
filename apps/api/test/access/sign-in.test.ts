import { randomUUID } from 'node:crypto';
import { Problem } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install, PASSWORD } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { openSession, signIn, someAddress } from '../sign-in.ts';

/** A replica may believe a session this long; DESIGN's promise. */
const REVOKED_MS = 5_000;

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
const me = (cookie: string, { url } = api): Promise<Response> => fetch(`${url}/api/v1/me`, { headers: { cookie } });
const changePassword = (cookie: string, current: string, next: string): Promise<Response> =>
  fetch(`${api.url}/api/v1/auth/password`, {
    method: 'POST',
    headers: { cookie, origin: api.url, 'content-type': 'application/json' },
    body: JSON.stringify({ current, next }),
  });
async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, Problem.parse(await response.json()).code];
}
const askElsewhere = (authorization: string): Promise<Response> =>
  fetch(`${replicas[1].url}/api/v1/me`, { headers: { authorization } });
/** How long until a replica refuses what it has just accepted. */
async function msUntilRefused(cookie: string, replica: RunningApi): Promise<number> {
  const begun = performance.now();
  await waitFor(async () => (await me(cookie, replica)).status === 401, { timeout: 2 * REVOKED_MS });
  return performance.now() - begun;
}

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
    expect((await me(cookie)).status).toBe(401);
  });

  test('gives a session that only its hash is stored of, and that ends in time', async () => {
    const person = await here.person('viewer');
    const session = await openSession(api, person);
    const row = await here.db.session.findFirstOrThrow({ where: { userId: person.id } });
    expect(JSON.stringify(row)).not.toContain(session);
    const cookie = await here.cookie(session);
    await here.db.session.update({ where: { id: row.id }, data: { expiresAt: new Date() } });
    expect((await me(cookie)).status).toBe(401);
  });
});

describe('guessing', () => {
  test('is slowed down with 429 and a time to wait, over all replicas, whatever the password', async () => {
    const person = await here.person('viewer');
    const guesses: Response[] = [];
    for (let n = 0; n < 8; n += 1) guesses.push(await attempt(person.email, 'wrong'));
    const statuses = guesses.map((response) => response.status);
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses.slice(5)).toContain(429);
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
    expect(await (await me(cookie)).json()).toMatchObject({ mustChangePassword: true });

    const bad: [string, string][] = [
      [PASSWORD, 'short'],
      [PASSWORD, PASSWORD],
    ];
    for (const [current, next] of bad)
      expect(await codeOf(await changePassword(cookie, current, next))).toEqual([400, 'password_too_weak']);
    expect(await codeOf(await changePassword(cookie, 'not this one', 'another long passphrase'))).toEqual([
      401,
      'wrong_credentials',
    ]);
    expect((await changePassword(cookie, PASSWORD, 'another long passphrase')).status).toBe(204);
    expect((await videos()).status).toBe(200);
    expect((await attempt(person.email, PASSWORD)).status).toBe(401);
    expect((await attempt(person.email, 'another long passphrase')).status).toBe(200);
  });

  test('changed, it ends the other sessions on every replica within five seconds', async () => {
    const person = await here.person('editor');
    const [mine, other] = [await signIn(here, api, person), await signIn(here, api, person)];
    for (const replica of replicas) expect((await me(other, replica)).status).toBe(200);
    expect((await changePassword(mine, PASSWORD, 'another long passphrase')).status).toBe(204);
    expect((await me(other)).status).toBe(401);
    expect(await msUntilRefused(other, replicas[1])).toBeLessThan(REVOKED_MS);
    for (const replica of replicas) expect((await me(mine, replica)).status).toBe(200);
  });
});

describe('a session', () => {
  test('that was ended is refused here at once and by the other replica within five seconds', async () => {
    const cookie = await signIn(here, api, await here.person('editor'));
    for (const replica of replicas) expect((await me(cookie, replica)).status).toBe(200);
    const ended = await fetch(`${api.url}/api/v1/auth/sign-out`, {
      method: 'POST',
      headers: { cookie, origin: api.url },
    });
    expect(ended.status).toBe(204);
    expect((await me(cookie)).status).toBe(401);
    expect(await msUntilRefused(cookie, replicas[1])).toBeLessThan(REVOKED_MS);
  });

  test('that was ended cuts the events that follow it', async () => {
    const person = await here.person('editor');
    const cookie = await signIn(here, api, person);
    const events = await fetch(`${replicas[1].url}/api/trpc/events.workspace`, { headers: { cookie } });
    expect(events.headers.get('content-type')).toContain('text/event-stream');
    await here.db.session.updateMany({ where: { userId: person.id }, data: { revokedAt: new Date() } });
    const begun = performance.now();
    let text = '';
    for await (const chunk of events.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (text.includes('"unauthenticated"')) break;
    }
    expect(text).toContain('"unauthenticated"');
    expect(performance.now() - begun).toBeLessThan(2 * REVOKED_MS);
  });

  test('in a cookie that somebody made up, or of another secret, is no session', async () => {
    const session = await openSession(api, await here.person('viewer'));
    const other = await install();
    const forged = await other.cookie(session);
    await other.dispose();
    for (const cookie of [forged, 'next-auth.session-token=x', `next-auth.session-token=${session}`])
      expect((await me(cookie)).status).toBe(401);
  });

  test('in a cookie that was split in parts, or came over TLS, is known as well', async () => {
    const cookie = await signIn(here, api, await here.person('viewer'));
    const [name = '', token = ''] = cookie.split('=');
    const split = `${name}.0=${token.slice(0, 100)}; other=1; ${name}.1=${token.slice(100)}`;
    expect((await me(split)).status).toBe(200);
    expect((await me(`__Secure-${cookie}`)).status).toBe(200);
  });
});

describe('a page of another site', () => {
  test.for([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin that can be read', { origin: 'null' }],
    ['no origin at all', {}],
    ['no origin, but a word that it is another site', { 'sec-fetch-site': 'cross-site' }],
    ['a host that only begins alike', { origin: 'http://127.0.0.1.evil.example' }],
  ] satisfies [string, Record<string, string>][])('changes nothing by our cookie: %s', async ([, headers]) => {
    const cookie = await signIn(here, api, await here.person('editor'));
    const json = { 'content-type': 'application/json' };
    const requests: [string, RequestInit][] = [
      ['/api/v1/auth/sign-out', { method: 'POST', headers: { cookie, ...headers } }],
      ['/api/trpc/auth.signOut', { method: 'POST', headers: { cookie, ...json, ...headers }, body: '{}' }],
      ['/api/uploads', { method: 'POST', headers: { cookie, 'tus-resumable': '1.0.0', ...headers } }],
    ];
    for (const [path, init] of requests) {
      const response = await fetch(api.url + path, init);
      expect([path, response.status]).toEqual([path, 403]);
      expect(await response.text()).toContain('cross_origin');
    }
    expect((await me(cookie)).status).toBe(200);
  });

  test('a page of ours does, by its origin or by the word of the browser', async () => {
    for (const headers of [{ origin: api.url }, { 'sec-fetch-site': 'same-origin' }]) {
      const cookie = await signIn(here, api, await here.person('editor'));
      const response = await fetch(`${api.url}/api/v1/auth/sign-out`, {
        method: 'POST',
        headers: { cookie, ...headers },
      });
      expect(response.status).toBe(204);
    }
  });
});

test('a key that was revoked, or whose maker was shut out, is refused by every replica within five seconds', async () => {
  const maker = await here.person('editor');
  const cookie = await signIn(here, api, maker);
  const made = async (): Promise<{ id: string; authorization: string }> => {
    const response = await fetch(`${api.url}/api/v1/keys`, {
      method: 'POST',
      headers: { cookie, origin: api.url, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Build', role: 'viewer' }),
    });
    const { id, key }: { id: string; key: string } = JSON.parse(await response.text());
    return { id, authorization: `Bearer ${key}` };
  };
  const [revoked, orphaned] = [await made(), await made()];
  for (const { authorization } of [revoked, orphaned]) expect((await askElsewhere(authorization)).status).toBe(200);
  const answer = await fetch(`${api.url}/api/v1/keys/${revoked.id}`, {
    method: 'DELETE',
    headers: { cookie, origin: api.url },
  });
  expect(answer.status).toBe(204);
  await here.db.user.update({ where: { id: maker.id }, data: { disabledAt: new Date() } });
  for (const { authorization } of [revoked, orphaned])
    await waitFor(async () => (await askElsewhere(authorization)).status === 401, { timeout: REVOKED_MS });
});
