import { randomUUID } from 'node:crypto';
import { Validator } from '@seriousme/openapi-schema-validator';
import { BUILT_IN_PRESETS, type Preset } from '@transcode/contracts';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restProcedures } from '../src/rest/rest-routes.ts';
import { hashSecret } from '../src/identity/secret.ts';
import type { RunningApi } from '../src/start.ts';
import { install, PASSWORD } from './installation.ts';
import type { Installation } from './installation.ts';
import { planOf } from './plan-of.ts';
import { publishVideo } from './published-video.ts';
import { signIn } from './sign-in.ts';
import { addJob, addVideo } from './videos.ts';
import { addRunningTask, addSamples, addWorker, GPU_UUID } from './workers.ts';

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

/** What each operation is asked in this test: path parameters by name, and a body. */
interface Asked {
  readonly params?: Record<string, string>;
  readonly query?: string;
  readonly body?: object;
}

describe('each operation answers what the document declares', () => {
  const asked: Record<string, () => Promise<Asked>> = {
    'auth.signIn': async () => ({ body: { email: (await here.person('viewer')).email, password: PASSWORD } }),
    'auth.signOut': () => Promise.resolve({}),
    'auth.changePassword': () => Promise.resolve({ body: { current: PASSWORD, next: 'another long passphrase' } }),
    'me.get': () => Promise.resolve({}),
    'videos.list': () => Promise.resolve({ query: '?limit=2&state=ready&state=failed&search=a' }),
    'videos.get': async () => ({ params: { id: (await addVideo(here)).id } }),
    'videos.delete': async () => ({ params: { id: (await addVideo(here)).id } }),
    'videos.rename': async () => ({ params: { id: (await addVideo(here)).id }, body: { title: 'New' } }),
    'videos.retry': async () => {
      const video = await addVideo(here, { state: 'failed' });
      await addJob(here, video, { state: 'failed', failureCode: 'source_empty' });
      return { params: { id: video.id } };
    },
    'videos.files': async () => ({ params: { id: (await addVideo(here)).id } }),
    'jobs.list': () =>
      Promise.resolve({ query: '?state=queued&priority=high,low&search=a&since=2026-01-01T00:00:00Z' }),
    'jobs.get': async () => ({ params: { id: (await addJob(here, await addVideo(here))).id } }),
    'jobs.cancel': async () => ({
      params: { id: (await addJob(here, await addVideo(here, { state: 'processing' }))).id },
    }),
    'jobs.log': async () => ({ params: { id: (await addJob(here, await addVideo(here))).id } }),
    'jobs.cancelMany': async () => ({ body: { ids: [(await addJob(here, await addVideo(here))).id] } }),
    'jobs.retryMany': () => Promise.resolve({ body: { filter: { state: ['failed'] }, dryRun: true } }),
    'jobs.setPriority': async () => ({
      body: { ids: [(await addJob(here, await addVideo(here))).id], priority: 'high' },
    }),
    'queues.get': () => Promise.resolve({}),
    'queues.next': async () => {
      const job = await addJob(here, await addVideo(here));
      await here.db.task.create({
        data: { jobId: job.id, stage: 'probe', class: 'light', state: 'queued', queuedAt: new Date() },
      });
      return { params: { class: 'light' }, query: '?limit=5' };
    },
    'queues.failures': async () => {
      const failed = { state: 'failed', failureCode: 'source_empty', endedAt: new Date() } as const;
      await addJob(here, await addVideo(here, { state: 'failed' }), failed);
      return { query: '?hours=1' };
    },
    'uploads.list': () => Promise.resolve({ query: '?state=receiving' }),
    'uploads.get': async () => ({ params: { id: await newUpload() } }),
    'uploads.cancel': async () => ({ params: { id: await newUpload() } }),
    'presets.list': () => Promise.resolve({}),
    'presets.get': () => Promise.resolve({ params: { name: 'web' } }),
    'keys.list': () => Promise.resolve({}),
    'keys.create': () => Promise.resolve({ body: { name: 'A key', role: 'viewer' } }),
    'keys.revoke': async () => ({ params: { id: await newKey() } }),
    'presets.create': () => Promise.resolve({ body: presetNamed(`own-${randomUUID()}`) }),
    'presets.update': async () => {
      const name = await newPreset();
      return { params: { name }, body: { ...presetNamed(name), title: 'Changed' } };
    },
    'presets.delete': async () => ({ params: { name: await newPreset() } }),
    'users.list': () => Promise.resolve({ query: '?limit=2&search=example' }),
    'users.create': () =>
      Promise.resolve({
        body: { email: `${randomUUID()}@example.org`, name: 'New', role: 'viewer', workspaceIds: [here.workspaceId] },
      }),
    'users.update': async () => ({ params: { id: (await here.person('viewer')).id }, body: { role: 'editor' } }),
    'users.disable': async () => ({ params: { id: (await here.person('viewer')).id } }),
    'users.enable': async () => ({ params: { id: (await here.person('viewer')).id } }),
    'users.resetPassword': async () => ({ params: { id: (await here.person('viewer')).id } }),
    'workspaces.list': () => Promise.resolve({ query: '?limit=2' }),
    'workspaces.create': () => Promise.resolve({ body: { name: randomUUID() } }),
    'workspaces.rename': async () => ({ params: { id: await here.workspace() }, body: { name: randomUUID() } }),
    'workspaces.addMember': async () => ({
      params: { workspaceId: await here.workspace() },
      body: { userId: (await here.person('viewer')).id },
    }),
    'workspaces.removeMember': async () => ({
      params: { workspaceId: here.workspaceId, userId: (await here.person('viewer')).id },
    }),
    'sessions.list': () => Promise.resolve({ query: '?limit=2' }),
    'sessions.end': async () => ({ params: { id: await newSession() } }),
    'sessions.endOthers': () => Promise.resolve({}),
    'shares.create': async () => ({
      params: { id: (await addVideo(here, { state: 'ready' })).id },
      body: { seconds: 3600 },
    }),
    'shares.list': async () => ({ params: { id: (await newShare()).videoId }, query: '?limit=2' }),
    'shares.revoke': async () => ({ params: { id: (await newShare()).id } }),
    'shares.open': async () => {
      const { videoId } = await publishVideo(here);
      const token = randomUUID();
      const expiresAt = new Date(Date.now() + 60_000);
      await here.db.job.updateMany({ where: { videoId }, data: { plan: planOf() } });
      await here.db.shareLink.create({ data: { videoId, tokenHash: hashSecret(token), expiresAt } });
      return { params: { token } };
    },
    'audit.list': () =>
      Promise.resolve({ query: `?limit=50&action=auth.signIn&action=user.create&since=2026-01-01T00:00:00Z` }),
    'limits.get': () => Promise.resolve({}),
    'workers.list': async () => {
      const { id } = await addWorker(here);
      await addRunningTask(here, id);
      return {};
    },
    'workers.get': async () => {
      const { id } = await addWorker(here);
      await addSamples(here, id);
      return { params: { id } };
    },
    'gpus.list': async () => {
      await addSamples(here, (await addWorker(here)).id);
      return {};
    },
    'gpus.history': async () => {
      await addSamples(here, (await addWorker(here)).id);
      return { params: { uuid: GPU_UUID } };
    },
    'overview.get': () => Promise.resolve({}),
    'workers.pause': () => Promise.resolve({ body: { scope: 'class:gpu' } }),
    'workers.drain': async () => ({ body: { scope: `worker:${(await addWorker(here)).id}` } }),
    'workers.resume': () => Promise.resolve({ body: { scope: 'all' } }),
  };

  test.for(restProcedures().map(({ name }) => name))('%s', async (name) => {
    const found = operations.get(name);
    const ask = asked[name];
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
      expect(operation?.security).toEqual(person ? [{ session: [] }] : undefined);
      const response = await fetch(`${api.url}${path ?? ''}`, { method: (method ?? '').toUpperCase() });
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    },
  );
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

function presetNamed(name: string): Preset {
  const [web] = BUILT_IN_PRESETS;
  if (web === undefined) throw new Error('There is no built-in preset');
  return { ...web, name };
}

async function newPreset(): Promise<string> {
  const name = `own-${randomUUID()}`;
  await here.db.preset.create({ data: { workspaceId: here.workspaceId, name, definition: presetNamed(name) } });
  return name;
}

/** Of the administrator who asks. */
async function newSession(): Promise<string> {
  const { userId } = await here.db.session.findFirstOrThrow({ orderBy: { createdAt: 'asc' } });
  const expiresAt = new Date(Date.now() + 60_000);
  return (await here.db.session.create({ data: { userId, secretHash: randomUUID(), expiresAt } })).id;
}

async function newShare(): Promise<{ id: string; videoId: string }> {
  const { id: videoId } = await addVideo(here, { state: 'ready' });
  const expiresAt = new Date(Date.now() + 60_000);
  return here.db.shareLink.create({ data: { videoId, tokenHash: randomUUID(), expiresAt } });
}

async function newKey(): Promise<string> {
  const row = await here.db.apiKey.create({
    data: {
      name: 'x',
      prefix: 'tc_xxxxx',
      secretHash: crypto.randomUUID(),
      role: 'viewer',
      workspaceId: here.workspaceId,
    },
  });
  return row.id;
}

async function newUpload(): Promise<string> {
  const id = crypto.randomUUID();
  const key = `w/${here.workspaceId}/u/${id}`;
  await here.db.upload.create({
    data: {
      id,
      key,
      workspaceId: here.workspaceId,
      fileName: 'a.mp4',
      size: 5,
      metadata: { sent: '', priority: 'normal' },
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  await addVideo(here, { uploadId: id, sourceKey: key, state: 'uploading' });
  return id;
}
