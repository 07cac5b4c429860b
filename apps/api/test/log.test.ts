import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { startProcess } from './api-process.ts';
import type { ApiProcess } from './api-process.ts';
import { install, PASSWORD } from './installation.ts';
import type { Installation } from './installation.ts';
import { openSession, someAddress } from './sign-in.ts';
import { tus } from './tus.ts';

const Line = z.looseObject({
  time: z.iso.datetime(),
  level: z.string(),
  msg: z.string(),
  caller: z.string().regex(/^api .+\.ts:\d+$/),
});

let here: Installation;
let api: ApiProcess;

beforeAll(async () => {
  here = await install();
  api = await startProcess(here.env);
});
afterAll(async () => {
  await api.end('SIGTERM');
  await here.dispose();
});

test('no secret of anybody is in the log, whatever goes wrong', async () => {
  const key = await here.key('editor');
  const person = await here.person('editor');
  const session = await openSession(api, person);
  const cookie = await here.cookie(session);
  const grant = 'g'.repeat(83);
  const requests: [string, RequestInit][] = [
    ['/api/v1/me', { headers: { cookie } }],
    ['/api/v1/me?api_key=query-secret', { headers: { authorization: `Bearer ${key}` } }],
    ['/api/v1/me', { headers: { authorization: 'Bearer tc_wrong-secret-key' } }],
    [`/media/${grant}/master.m3u8`, {}],
    ['/api/v1/auth/sign-in', post({ email: person.email, password: 'a wrong guess' })],
    ['/api/v1/auth/sign-in', post({ email: 7, password: 'of a wrong shape' })],
    ['/api/v1/auth/password', { ...post({ current: PASSWORD, next: 'a new passphrase' }), headers: headers(cookie) }],
    ['/api/v1/keys', { ...post({ name: 'x', role: 'viewer' }), headers: headers(cookie) }],
  ];
  const answers = await Promise.all(requests.map(async ([path, init]) => (await fetch(api.url + path, init)).text()));
  await tus(api, key).begin(5);
  const { key: made }: { key: string } = JSON.parse(answers.at(-1) ?? '{}');
  expect(made).toMatch(/^tc_/);
  await waitFor(() => api.log.filter((line) => line.includes('"path":"/api/uploads"')).length > 0);

  const log = api.log.join('\n');
  const secrets = [key, made, session, cookie.slice(cookie.indexOf('=') + 1), grant, PASSWORD, here.authSecret];
  secrets.push('query-secret', 'wrong-secret-key', 'a wrong guess', 'of a wrong shape', 'a new passphrase');
  secrets.push(here.env['GRANT_SECRET'] ?? '', new URL(here.env['DATABASE_URL'] ?? '').password);
  secrets.push(new URL(here.env['REDIS_URL'] ?? '').password);
  expect(secrets.filter((secret) => secret === '' || log.includes(secret))).toEqual([]);
});

test('every line is one JSON object, and a request’s has its id', async () => {
  const response = await fetch(`${api.url}/api/v1/presets`);
  const id = response.headers.get('x-request-id') ?? '';
  const line = await waitFor(() => api.log.find((one) => one.includes(id)));
  expect(JSON.parse(line)).toMatchObject({ request_id: id, path: '/api/v1/presets', status: 401, method: 'GET' });
  for (const one of api.log) expect(() => Line.parse(JSON.parse(one))).not.toThrow();
});

function headers(cookie: string): Record<string, string> {
  return { cookie, origin: api.url, 'content-type': 'application/json', 'x-forwarded-for': someAddress() };
}

function post(body: object): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: headers('') };
}
