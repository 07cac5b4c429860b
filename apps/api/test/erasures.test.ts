import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AuditView, BUILT_IN_PRESETS, ErasureView } from '@transcode/contracts';
import { beatBackupRunner, leaveBackupRunner } from '@transcode/db';
import { openStorage } from '@transcode/storage';
import { searchDatabase, temporaryFolder, waitFor, type TemporaryFolder } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { RunningApi } from '../src/start.ts';
import { install, type Installation } from './installation.ts';
import { callsOf, type Answered, type PersonCalls } from './person-calls.ts';
import { tus } from './tus.ts';
import { addVideo } from './videos.ts';

const DAY_MS = 24 * 3600 * 1000;
const NEXT = { host: 'here', nextBackupAt: new Date('2027-01-02T02:00:00Z'), nextDrillAt: null };
const Problem = z.object({ code: z.string(), detail: z.string() });
const Listed = z.object({ items: z.array(ErasureView) });
const Entries = z.object({ items: z.array(AuditView) });

let here: Installation;
let api: RunningApi;
let admin: PersonCalls;
let folder: TemporaryFolder;
let url: string;

beforeAll(async () => {
  here = await install();
  folder = await temporaryFolder('erasures');
  url = pathToFileURL(path.join(folder.path, 'store')).href;
  api = await here.start({ BACKUP_URL: url, BACKUP_KEPT_DAYS: '30', BACKUP_WINDOW_DAYS: '7' });
  admin = await callsOf(here, api, 'admin');
});
afterAll(async () => {
  await here.dispose();
  await folder.remove();
});

const receipt = async (id: string): Promise<ErasureView> =>
  ErasureView.parse((await admin.call('GET', `/erasures/${id}`)).body);
const erased = (answer: Answered): ErasureView => {
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return ErasureView.parse(answer.body);
};
const refused = ({ status, body }: Answered): [number, string] => [status, Problem.parse(body).detail];

describe('erasing a user', () => {
  test('is refused without their address, and of oneself', async () => {
    const { id, email } = await here.person('viewer');
    const wrong = await admin.call('POST', `/users/${id}/erase`, { confirm: 'other@example.org' });
    expect(refused(wrong)).toEqual([409, expect.stringContaining('what was typed is not its e-mail address')]);
    const self = await admin.call('POST', `/users/${admin.person.id}/erase`, { confirm: admin.person.email });
    expect(refused(self)).toEqual([409, expect.stringContaining('cannot erase your own account')]);
    expect(await here.db.user.findUnique({ where: { id } })).toMatchObject({ email });
    expect(await here.db.erasure.count()).toBe(0);
  });

  test('leaves nothing of them: sessions and keys end, the audit log keeps what they did, and not who that was', async () => {
    const one = await callsOf(here, api, 'editor');
    const { id, email } = one.person;
    const made = z
      .object({ key: z.string() })
      .parse((await one.call('POST', '/keys', { name: 'laptop-mark', role: 'viewer' })).body);
    const { id: videoId } = await addVideo(here, { title: 'Theirs', state: 'ready' });
    await one.call('PATCH', `/videos/${videoId}`, { title: 'Renamed' });
    await admin.call('PATCH', `/users/${id}`, { name: 'name-mark' });
    const marks = [email, 'laptop-mark', 'name-mark'];
    expect(await searchDatabase(here.env['DATABASE_URL'] ?? '', marks)).toEqual(
      expect.arrayContaining([`Audit: ${email}`, `User: ${email}`, 'ApiKey: laptop-mark', 'Audit: name-mark']),
    );

    const view = erased(await admin.call('POST', `/users/${id}/erase`, { confirm: ` ${email.toUpperCase()} ` }));
    expect(view).toMatchObject({ kind: 'user', subjectId: id, objects: 0, erasedAt: expect.any(String) });
    expect(view.rows).toBeGreaterThan(4);
    expect(view.askedBy).toEqual({ kind: 'user', id: admin.person.id, name: 'admin' });
    expect(await searchDatabase(here.env['DATABASE_URL'] ?? '', marks)).toEqual([]);
    expect((await one.call('GET', '/me')).status).toBe(401);
    const byKey = await fetch(`${api.url}/api/v1/me`, { headers: { authorization: `Bearer ${made.key}` } });
    expect(byKey.status).toBe(401);

    const { items } = Entries.parse((await admin.call('GET', '/audit?limit=50')).body);
    const sentences = items.map(({ sentence }) => sentence);
    expect(sentences[0]).toBe('admin erased a user and whatever was known of them.');
    expect(sentences).toContain(`${id} renamed the video “Theirs” to Renamed.`);
    const again = await admin.call('POST', `/users/${id}/erase`, { confirm: email });
    expect(again.status).toBe(404);
  });

  test('the store of backups hears of it within seconds', async () => {
    const { id, email } = await here.person('viewer');
    const { id: erasure } = erased(await admin.call('POST', `/users/${id}/erase`, { confirm: email }));
    await waitFor(async () => (await receipt(erasure)).tombstoneAt !== null);
    const store = openStorage(url, { reserveBytes: 0 });
    const keys: string[] = [];
    for await (const { key } of store.list('erasures/')) if (key.includes(id)) keys.push(key.split('/')[2] ?? '');
    expect(keys.toSorted()).toEqual(['receipt.json', 'tombstone.json']);
    await store.close();
  });
});

describe('a receipt', () => {
  test('says that no backups are kept where none are, and until when they are where somebody makes them', async () => {
    const { id, email } = await here.person('viewer');
    const view = erased(await admin.call('POST', `/users/${id}/erase`, { confirm: email }));
    expect(view.backups).toBeNull();
    await beatBackupRunner(here.db, NEXT);
    const { backups, erasedAt } = await receipt(view.id);
    // A night more than they are kept.
    expect(backups).toEqual({ until: new Date(Date.parse(erasedAt ?? '') + 31 * DAY_MS).toISOString(), left: 0 });
    await leaveBackupRunner(here.db, NEXT.host);
    const { items } = Listed.parse((await admin.call('GET', '/erasures')).body);
    expect(items.map((one) => one.id)).toContain(view.id);
    expect(items.map(({ askedAt }) => askedAt)).toEqual(
      items
        .map(({ askedAt }) => askedAt)
        .toSorted()
        .toReversed(),
    );
  });

  test('of a video begins with its deletion', async () => {
    const { id } = await addVideo(here, { title: 'Deleted', state: 'ready' });
    await admin.call('DELETE', `/videos/${id}`);
    const { items } = Listed.parse((await admin.call('GET', '/erasures')).body);
    const view = items.find(({ subjectId }) => subjectId === id);
    // No worker is there to remove its objects.
    expect(view).toMatchObject({ kind: 'video', erasedAt: null, backups: null, askedBy: { id: admin.person.id } });
  });
});

describe('erasing a workspace', () => {
  test('is refused without its name, and of the only one', async () => {
    const other = await install();
    const its = await callsOf(other, await other.start(), 'admin');
    const { name } = await other.db.workspace.findUniqueOrThrow({ where: { id: other.workspaceId } });
    const wrong = await its.call('POST', `/workspaces/${other.workspaceId}/erase`, { confirm: 'another' });
    expect(refused(wrong)).toEqual([409, expect.stringContaining('what was typed is not its name')]);
    const only = await its.call('POST', `/workspaces/${other.workspaceId}/erase`, { confirm: name });
    expect(refused(only)).toEqual([409, expect.stringContaining('the only workspace')]);
    await other.dispose();
  });

  test('closes it at once, and then leaves neither rows nor objects of it', async () => {
    const name = `space-mark-${randomUUID()}`;
    const made = await admin.call('POST', '/workspaces', { name });
    const id = z.string().parse(made.body['id']);
    await admin.call('PATCH', `/workspaces/${id}`, { name: `${name} renamed` });
    const member = await callsOf(here, api, 'editor', { workspaceIds: [id] });
    await admin.call('PATCH', `/users/${member.person.id}`, { workspaceIds: [id, here.workspaceId] });
    await member.call('POST', '/presets', { ...BUILT_IN_PRESETS[0], name: 'preset-mark', workspaceId: id });
    const key = await here.key('editor', id);
    const client = tus(api, key);
    await client.begin(5, { filename: 'file-mark.mp4' });
    await here.storage.put(`w/${id}/v/left/behind`, Buffer.from('x'));
    const marks = [name, 'preset-mark', 'file-mark'];
    expect(await searchDatabase(here.env['DATABASE_URL'] ?? '', marks)).toEqual(
      expect.arrayContaining([`Audit: ${name}`, `Workspace: ${name}`, 'Preset: preset-mark', 'Upload: file-mark']),
    );

    const view = erased(await admin.call('POST', `/workspaces/${id}/erase`, { confirm: `${name} renamed` }));
    expect(view).toMatchObject({ kind: 'workspace', subjectId: id, erasedAt: null, backups: null });
    const listed = await admin.call('GET', '/workspaces?limit=100');
    expect(JSON.stringify(listed.body)).not.toContain(id);
    expect(JSON.stringify((await member.call('GET', '/me')).body)).not.toContain(id);
    expect((await admin.call('PATCH', `/workspaces/${id}`, { name: 'x' })).status).toBe(404);
    const byKey = await fetch(`${api.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
    expect(byKey.status).toBe(401);

    // What a worker would do.
    await waitFor(async () => (await here.db.job.count({ where: { workspaceId: id, state: 'queued' } })) > 0, PATIENCE);
    const long = new Date(Date.now() - DAY_MS);
    const data = { state: 'completed', endedAt: long } as const;
    await here.db.task.updateMany({ where: { job: { workspaceId: id } }, data });
    await here.db.job.updateMany({ where: { workspaceId: id }, data });
    await waitFor(async () => (await receipt(view.id)).erasedAt !== null, PATIENCE);
    expect(await searchDatabase(here.env['DATABASE_URL'] ?? '', marks)).toEqual([]);
    expect(await here.db.workspace.findUnique({ where: { id } })).toBeNull();
    const keys: string[] = [];
    for await (const found of here.storage.list(`w/${id}/`)) keys.push(found.key);
    expect(keys).toEqual([]);
    expect(await receipt(view.id)).toMatchObject({ objects: 1 });
    expect(await here.db.user.count({ where: { id: member.person.id } })).toBe(1);
  });
});

const PATIENCE = { timeout: 60_000 };
