import { Validator } from '@seriousme/openapi-schema-validator';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restProcedures } from '../src/rest/rest-routes.ts';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { asksOf } from './openapi-asks.ts';
import { signIn } from './sign-in.ts';

const Operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.unknown()).optional(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean() })),
  responses: z.record(
    z.string(),
    z.looseObject({ content: z.record(z.string(), z.object({ schema: z.looseObject({}) })).optional() }),
  ),
});
type Operation = z.infer<typeof Operation>;
const Document = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});

const OneOf = z.object({ oneOf: z.array(z.object({ required: z.array(z.string()) })) });
const Body = z.object({
  requestBody: z.object({ content: z.object({ 'application/json': z.object({ schema: OneOf }) }) }),
});

let here: Installation;
let api: RunningApi;
let admin: string;
let operations: Map<string, { method: string; path: string; operation: Operation }>;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  admin = await signIn(here, api, await here.person('admin'));
  const document = Document.parse(await (await fetch(`${api.url}/api/openapi.json`)).json());
  operations = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [operation.operationId, { method, path, operation }]),
    ),
  );
});
afterAll(() => here.dispose());

test('the document is valid OpenAPI 3.1', async () => {
  const response = await fetch(`${api.url}/api/openapi.json`);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  const validator = new Validator();
  const { valid, errors } = await validator.validate(Document.parse(await response.json()));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

test('the document has every procedure with a REST address, and nothing else', () => {
  expect([...operations.keys()].toSorted()).toEqual(
    restProcedures()
      .map(({ name }) => name)
      .toSorted(),
  );
});

describe('each operation answers what the document declares', () => {
  test.for(restProcedures().map(({ name }) => name))('%s', async (name) => {
    const found = operations.get(name);
    const ask = asksOf(here)[name];
    expect(ask, 'this test does not know how to ask for it').toBeDefined();
    expect(found).toBeDefined();
    if (found === undefined || ask === undefined) return;
    const { operation, method, path } = found;
    const { params = {}, query = '', body } = await ask();
    const declared = operation.parameters.filter((one) => one.in === 'path').map((one) => one.name);
    expect(Object.keys(params)).toEqual(declared);

    const address = path.replaceAll(/\{(\w+)\}/g, (_, field: string) => params[field] ?? '');
    const ends = name === 'auth.signOut' || name === 'auth.changePassword';
    const cookie = ends ? await signIn(here, api, await here.person('admin')) : admin;
    const response = await fetch(api.url + address + query, {
      method: method.toUpperCase(),
      headers: { cookie, origin: api.url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const [status = '', success] = Object.entries(operation.responses)[0] ?? [];
    expect([String(response.status), text.startsWith('{"type":"urn:') ? text : '']).toEqual([status, '']);
    expect(mismatch(text, success?.content?.['application/json']?.schema)).toBeUndefined();
  });

  test.for(restProcedures().filter(({ role }) => role !== 'public'))(
    '$name demands what its `security` says',
    async ({ name, person }) => {
      const { operation, method, path } = operations.get(name) ?? {};
      expect(operation?.security).toEqual(person ? [{ session: [] }, { bearerSession: [] }] : undefined);
      const response = await fetch(`${api.url}${path ?? ''}`, { method: (method ?? '').toUpperCase() });
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    },
  );
});

describe('a body that it describes is taken, and no other', () => {
  const ids = ['01890000-0000-7000-8000-000000000000'];
  const asked = { dryRun: true, priority: 'low' };
  test.for([
    ['by ids', { ...asked, ids }, 200],
    ['by a filter', { ...asked, filter: {} }, 200],
    ['by both', { ...asked, ids, filter: {} }, 400],
    ['by neither', asked, 400],
  ] as const)('jobs %s', async ([, body, status]) => {
    for (const name of ['jobs.cancelMany', 'jobs.retryMany', 'jobs.setPriority']) {
      const { method = '', path = '', operation } = operations.get(name) ?? {};
      const { schema } = Body.parse(operation).requestBody.content['application/json'];
      const ways = schema.oneOf.filter(({ required }) => required.every((field) => field in body));
      expect([name, ways.length === 1]).toEqual([name, status === 200]);
      const headers = { cookie: admin, origin: api.url, 'content-type': 'application/json' };
      const response = await fetch(api.url + path, { method, headers, body: JSON.stringify(body) });
      expect([name, response.status]).toEqual([name, status]);
    }
  });
});

describe('a body is demanded where one is needed', () => {
  const Said = z.object({ requestBody: z.object({ required: z.boolean() }).optional() });
  test.for(restProcedures().filter(({ route }) => route.method[0] === 'P'))('$name', async ({ name }) => {
    const { operation, method = '', path = '' } = operations.get(name) ?? {};
    const { requestBody } = Said.parse(operation);
    if (requestBody === undefined) return;
    const { params = {} } = (await asksOf(here)[name]?.()) ?? {};
    const address = api.url + path.replaceAll(/\{(\w+)\}/g, (_, field: string) => params[field] ?? '');
    const headers = { cookie: admin, origin: api.url };
    expect((await fetch(address, { method: method.toUpperCase(), headers })).status === 400).toBe(requestBody.required);
    const nothing = { method: method.toUpperCase(), headers: { ...headers, 'content-type': 'application/json' } };
    expect((await fetch(address, { ...nothing, body: 'null' })).status).toBe(400);
  });
});

describe('the reference page', () => {
  test('has all it needs from this server', async () => {
    const page = await fetch(`${api.url}/api/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await page.text();
    const needed = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(needed.length).toBeGreaterThan(3);
    for (const address of needed) {
      expect(address).toMatch(/^\/api\/docs\//);
      const asset = await fetch(api.url + address);
      expect([address, asset.status]).toEqual([address, 200]);
      expect((await asset.arrayBuffer()).byteLength).toBeGreaterThan(50);
    }
  });

  test('lets no other site in', async () => {
    const page = await fetch(`${api.url}/api/docs`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain('https:');
  });

  test('is found with a slash at its end too', async () => {
    const response = await fetch(`${api.url}/api/docs/`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([301, '/api/docs']);
  });
});

/** How a body differs from its schema; without one, that it is there at all. */
function mismatch(text: string, schema: Record<string, unknown> | undefined): z.ZodError | string | undefined {
  if (schema === undefined) return text === '' ? undefined : text;
  return z.fromJSONSchema(schema).safeParse(JSON.parse(text)).error;
}
