import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install, PASSWORD } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { openSession, signIn } from '../sign-in.ts';
import { changePassword, me } from './callers.ts';

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

const askElsewhere = (authorization: string): Promise<Response> =>
  fetch(`${replicas[1].url}/api/v1/me`, { headers: { authorization } });
/** How long until a replica refuses what it has just accepted. */
async function msUntilRefused(cookie: string, replica: RunningApi): Promise<number> {
  const begun = performance.now();
  await waitFor(async () => (await me(replica, cookie)).status === 401, { timeout: 2 * REVOKED_MS });
  return performance.now() - begun;
}

describe('a session', () => {
  test('that was ended is refused here at once and by the other replica within five seconds', async () => {
    const cookie = await signIn(here, api, await here.person('editor'));
    for (const replica of replicas) expect((await me(replica, cookie)).status).toBe(200);
    const ended = await fetch(`${api.url}/api/v1/auth/sign-out`, {
      method: 'POST',
      headers: { cookie, origin: api.url },
    });
    expect(ended.status).toBe(204);
    expect((await me(api, cookie)).status).toBe(401);
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
      if (text.includes('"session_ended"')) break;
    }
    expect(text).toContain('"session_ended"');
    expect(performance.now() - begun).toBeLessThan(2 * REVOKED_MS);
  });

  test('in a cookie that somebody made up, or of another secret, is no session', async () => {
    const session = await openSession(api, await here.person('viewer'));
    const other = await install();
    const forged = await other.cookie(session);
    await other.dispose();
    for (const cookie of [forged, 'next-auth.session-token=x', `next-auth.session-token=${session}`])
      expect((await me(api, cookie)).status).toBe(401);
  });

  test('in a cookie that was split in parts, or came over TLS, is known as well', async () => {
    const cookie = await signIn(here, api, await here.person('viewer'));
    const [name = '', token = ''] = cookie.split('=');
    const split = `${name}.0=${token.slice(0, 100)}; other=1; ${name}.1=${token.slice(100)}`;
    expect((await me(api, split)).status).toBe(200);
    expect((await me(api, `__Secure-${cookie}`)).status).toBe(200);
  });

  test('ends on every replica within five seconds where the password is changed in another', async () => {
    const person = await here.person('editor');
    const [mine, other] = [await signIn(here, api, person), await signIn(here, api, person)];
    for (const replica of replicas) expect((await me(replica, other)).status).toBe(200);
    expect((await changePassword(api, mine, PASSWORD, 'another long passphrase')).status).toBe(204);
    expect((await me(api, other)).status).toBe(401);
    expect(await msUntilRefused(other, replicas[1])).toBeLessThan(REVOKED_MS);
    for (const replica of replicas) expect((await me(replica, mine)).status).toBe(200);
  });
});

describe('whose session holds no longer is told why', () => {
  const ways = {
    session_ended: (userId: string) =>
      here.db.session.updateMany({ where: { userId }, data: { revokedAt: new Date() } }),
    session_expired: (userId: string) =>
      here.db.session.updateMany({ where: { userId }, data: { expiresAt: new Date() } }),
    account_disabled: (id: string) => here.db.user.update({ where: { id }, data: { disabledAt: new Date() } }),
  };

  test.for(Object.entries(ways))('%s', async ([code, end]) => {
    const person = await here.person('editor');
    const session = await openSession(api, person);
    const cookie = await here.cookie(session);
    const events = await fetch(`${api.url}/api/trpc/events.workspace`, { headers: { cookie } });
    await end(person.id);
    expect(await events.text()).toContain(`"${code}"`);
    const answers = await Promise.all([
      me(api, cookie),
      asked('/me', session),
      fetch(`${api.url}/api/trpc/me.get`, { headers: { cookie } }),
      fetch(`${api.url}/api/uploads`, {
        method: 'POST',
        headers: { cookie, 'tus-resumable': '1.0.0', origin: api.url },
      }),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(await answer.text()).toContain(`"${code}"`);
    }
  });

  test('and a stranger only to sign in', async () => {
    const cookie = await here.cookie('a session that never was');
    expect(await (await me(api, cookie)).text()).toContain('"unauthenticated"');
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
    expect((await me(api, cookie)).status).toBe(200);
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

const asked = (path: string, session: string, method = 'GET', url = api.url): Promise<Response> =>
  fetch(`${url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${session}` } });

describe('the session that signing in answers', () => {
  test('opens what its person may, by itself, until it is ended', async () => {
    const person = await here.person('admin');
    const session = await openSession(api, person);
    expect(await (await asked('/me', session)).json()).toMatchObject({ user: { id: person.id }, role: 'admin' });
    // Not for API keys.
    expect((await asked('/sessions', session)).status).toBe(200);
    expect((await asked('/auth/sign-out', session, 'POST')).status).toBe(204);
    expect((await asked('/me', session)).status).toBe(401);
    const elsewhere = async (): Promise<boolean> =>
      (await asked('/me', session, 'GET', replicas[1].url)).status === 401;
    await waitFor(elsewhere, { timeout: REVOKED_MS });
  });

  test('opens events, which end with it', async () => {
    const person = await here.person('viewer');
    const authorization = `Bearer ${await openSession(api, person)}`;
    const events = await fetch(`${api.url}/api/trpc/events.workspace`, { headers: { authorization } });
    let text = '';
    for await (const chunk of events.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (text === '')
        await here.db.session.updateMany({ where: { userId: person.id }, data: { revokedAt: new Date() } });
      text += chunk;
      if (text.includes('"session_ended"')) break;
    }
    expect(text).toContain('"session_ended"');
  });
});
