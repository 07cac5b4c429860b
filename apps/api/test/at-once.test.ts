import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restProcedures } from '../src/rest/rest-routes.ts';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { asksOf } from './openapi-asks.ts';
import { signIn, someAddress } from './sign-in.ts';

const TIMES = 6;
const changes = restProcedures().filter(({ type }) => type === 'mutation');

let here: Installation;
let replicas: RunningApi[];
let admin: string;

beforeAll(async () => {
  here = await install();
  replicas = await Promise.all([here.start(), here.start()]);
  admin = await signIn(here, replicas[0] ?? { url: '' }, await here.person('admin'));
});
afterAll(() => here.dispose());

/** The same, many times at once, over all replicas. */
async function statusesOf({ name, route }: (typeof changes)[number]): Promise<number[]> {
  const { params = {}, query = '', body } = (await asksOf(here)[name]?.()) ?? {};
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => params[field] ?? '');
  const ends = name === 'auth.signOut' || name === 'auth.changePassword';
  const [first = { url: '' }] = replicas;
  const cookie = ends ? await signIn(here, first, await here.person('admin')) : admin;
  return Promise.all(
    Array.from({ length: TIMES }, async (_, at) => {
      const { url } = replicas[at % replicas.length] ?? first;
      const own = { cookie, origin: url, 'x-forwarded-for': someAddress() };
      const response = await fetch(`${url}/api/v1${path}${query}`, {
        method: route.method,
        headers: body === undefined ? own : { ...own, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return response.status;
    }),
  );
}

describe('asked for many times at once', () => {
  test.for(changes)('$name fails in none of them', async (one) => {
    const statuses = await statusesOf(one);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    expect(statuses).toContain(one.route.status);
  });

  test.for(changes.filter(({ route }) => route.method === 'DELETE'))('$name is done and told once', async (one) => {
    const before = await here.db.audit.count();
    await statusesOf(one);
    expect(await here.db.audit.count()).toBe(before + 1);
  });

  test('what is given to an account is given once', async () => {
    const { id } = await here.person('viewer');
    const workspaceIds = [here.workspaceId, await here.workspace()];
    const answers = await Promise.all(
      Array.from({ length: TIMES }, async () => {
        const { url } = replicas[0] ?? { url: '' };
        const headers = { cookie: admin, origin: url, 'content-type': 'application/json' };
        const body = JSON.stringify({ workspaceIds });
        return (await fetch(`${url}/api/v1/users/${id}`, { method: 'PATCH', headers, body })).status;
      }),
    );
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(await here.db.membership.count({ where: { userId: id } })).toBe(2);
  });

  test('a preset that is deleted while it is changed is not there', async () => {
    const { params = {}, body = {} } = (await asksOf(here)['presets.update']?.()) ?? {};
    const { url } = replicas[0] ?? { url: '' };
    const headers = { cookie: admin, origin: url, 'content-type': 'application/json' };
    const statuses = await Promise.all(
      Array.from({ length: 2 * TIMES }, async (_, at) => {
        const change = at % 2 === 0 ? { method: 'PATCH', body: JSON.stringify(body) } : { method: 'DELETE' };
        const type = at % 2 === 0 ? headers : { cookie: admin, origin: url };
        return (await fetch(`${url}/api/v1/presets/${params['name'] ?? ''}`, { ...change, headers: type })).status;
      }),
    );
    expect(statuses.filter((status) => ![200, 204, 404].includes(status))).toEqual([]);
  });
});
