import { ErasureView } from '@transcode/contracts';
import { temporaryFolder, waitFor, type TemporaryFolder } from '@transcode/testing';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Client } from '../src/client.ts';
import { findMarks } from '../src/find-marks.ts';
import { startInstallation, type Installation } from '../src/installation.ts';
import { TOOLS } from '../src/tools.ts';

const PASSWORD = 'correct horse battery staple';
const DAY_MS = 24 * 3600 * 1000;
const DONE = { timeout: 180_000, interval: 500 };
/** What people called things and themselves; each is found by nothing else. */
const MARKS = {
  ...{ title: 'mark-title-7d1e', renamed: 'mark-renamed-4ba2', file: 'mark-file-90c3', tag: 'mark-tag-e5f8' },
  ...{ space: 'mark-space-2c77', name: 'mark-name-b01a', email: 'mark-mail-66d0@example.org', key: 'mark-key-18f4' },
  agent: 'mark-agent-3e9b',
};
/** Everything that an installation writes to disk as files of its own. */
const FOLDERS = ['storage', 'logs', 'uploads', 'scratch'];

const Made = z.object({ id: z.uuid() });
async function ask(client: Client, method: string, path: string, body?: object): Promise<unknown> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await client.request(`/api/v1${path}`, { method, headers, ...json });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const isThrough = ({ erasedAt, tombstoneAt }: ErasureView): boolean => erasedAt !== null && tombstoneAt !== null;

/** Somebody's video, somebody and a workspace are erased, and looked for wherever they could be; then an older backup is restored. */
describe('erasure', () => {
  let installation: Installation;
  let temporary: TemporaryFolder;
  let admin: Client;
  let backup: string;
  let ids: Record<'kept' | 'video' | 'other' | 'user' | 'space', string>;
  let receipts: ErasureView[];

  async function enter(email: string, password: string, agent = 'node'): Promise<Client> {
    const response = await fetch(`${installation.url}/api/v1/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': agent },
      body: JSON.stringify({ email, password }),
    });
    const { session } = z.object({ session: z.string() }).parse(await response.json());
    return new Client(installation.url, session);
  }
  async function signIn(email: string, oneTime: string, agent?: string): Promise<Client> {
    const client = await enter(email, oneTime, agent);
    await ask(client, 'POST', '/auth/password', { current: oneTime, next: PASSWORD });
    return client;
  }
  const list = async (): Promise<ErasureView[]> =>
    z.object({ items: z.array(ErasureView) }).parse(await ask(admin, 'GET', '/erasures')).items;
  const look = (marks: readonly string[]): Promise<string[]> =>
    findMarks(installation.data, { marks, folders: FOLDERS });

  beforeAll(async () => {
    temporary = await temporaryFolder('erasure');
    installation = await startInstallation();
    admin = await signIn('admin@localhost', installation.password);
    const space = Made.parse(await ask(admin, 'POST', '/workspaces', { name: MARKS.space })).id;
    const home = z.object({ workspaces: z.array(Made) }).parse(await ask(admin, 'GET', '/me')).workspaces;
    const workspaceIds = home.map(({ id }) => id);
    const given = { email: MARKS.email, name: MARKS.name, role: 'editor', workspaceIds };
    const made = Made.extend({ password: z.string() }).parse(await ask(admin, 'POST', '/users', given));
    const them = await signIn(MARKS.email, made.password, MARKS.agent);
    await ask(them, 'POST', '/keys', { name: MARKS.key, role: 'viewer' });

    const { ffmpeg } = TOOLS;
    const steps = [
      [...inputs({ width: 320, height: 180, frames: 50 }), ...X264, ...AAC, '-metadata', `title=${MARKS.tag}`, '{}'],
    ];
    const marked = { name: 'marked', file: `${MARKS.file}.mp4`, steps, expect: { refused: '' } };
    const source = await makeCase(ffmpeg, marked, temporary.path);
    const video = await them.upload(source, { title: MARKS.title });
    const other = await them.upload(source, { title: MARKS.title, workspaceId: space });
    const plain = [[...inputs({ width: 320, height: 180, frames: 50 }), ...X264, ...AAC, '{}']];
    const kept = await admin.upload(
      await makeCase(ffmpeg, { name: 'kept', file: 'kept.mp4', steps: plain, expect: { refused: '' } }, temporary.path),
      { title: 'Kept' },
    );
    for (const id of [video, other, kept]) await admin.ended(id);
    await ask(them, 'PATCH', `/videos/${video}`, { title: MARKS.renamed });
    await ask(them, 'POST', `/videos/${video}/shares`, { seconds: 3_600 });
    ids = { kept, video, other, user: made.id, space };
  }, 600_000);
  afterAll(async () => {
    await installation.stop();
    await temporary.remove();
  });

  test(
    'of what is there, and in a backup, each could be found where it is looked for',
    { timeout: 300_000 },
    async () => {
      for (const id of [ids.video, ids.other, ids.kept]) expect((await admin.video(id)).state).toBe('ready');
      const { code, stdout } = await installation.transcode('backup');
      expect(code).toBe(0);
      backup = /\d{8}-\d{8}T\d{6}Z/.exec(stdout)?.[0] ?? '';
      const found = (await look(Object.values(MARKS))).join('\n');
      for (const mark of Object.values(MARKS)) expect(found).toContain(mark);
      const inUse = (await look([ids.video, ids.space])).join('\n');
      for (const place of ['database Video', 'storage/w/', 'logs/']) expect(inUse).toContain(place);
    },
  );

  test('ends with a receipt of each', { timeout: 300_000 }, async () => {
    await ask(admin, 'DELETE', `/videos/${ids.video}`);
    await ask(admin, 'POST', `/users/${ids.user}/erase`, { confirm: MARKS.email });
    await ask(admin, 'POST', `/workspaces/${ids.space}/erase`, { confirm: MARKS.space });
    await waitFor(async () => (await list()).filter(isThrough).length === 3, DONE);
    receipts = (await list()).toReversed();
    expect(receipts.map(({ kind, subjectId }) => [kind, subjectId])).toEqual([
      ['video', ids.video],
      ['user', ids.user],
      ['workspace', ids.space],
    ]);
    const [video, user, workspace] = receipts;
    expect(video?.objects).toBeGreaterThan(10);
    expect(user?.objects).toBe(0);
    expect(workspace?.objects).toBeGreaterThan(10);
    for (const { rows, erasedAt, backups } of receipts) {
      expect(rows).toBeGreaterThan(3);
      // The one above, and the base backup, if that was made by now.
      expect(backups?.left).toBeGreaterThanOrEqual(1);
      expect(backups?.until).toBe(new Date(Date.parse(erasedAt ?? '') + 31 * DAY_MS).toISOString());
    }
  });

  test('nothing is left in database, objects, Redis and logs but what logs keep by id', async () => {
    expect(await look(Object.values(MARKS))).toEqual([]);
    const byId = await look([ids.video, ids.other, ids.space]);
    const elsewhere = byId.filter((found) => !/^(logs\/|database (Audit|Erasure|Job|Outbox|Video): )/.test(found));
    expect(elsewhere).toEqual([]);
    expect((await admin.video(ids.kept)).title).toBe('Kept');
  });

  test('nor in what an older backup brings back', { timeout: 300_000 }, async () => {
    expect((await installation.transcode('down')).code).toBe(0);
    const dry = await installation.transcode('restore', backup, '--dry-run');
    expect(dry.stdout).toContain('then 3 erasures since');
    const restored = await installation.transcode('restore', backup, '--replace');
    expect([restored.code, restored.stdout]).toEqual([0, expect.stringContaining('erased once more: 3 erasures')]);
    const up = await installation.transcode('up', '--detach', '--port', new URL(installation.url).port);
    expect(up.code).toBe(0);
    // At once: nothing has been removed since by what runs.
    expect(await look(Object.values(MARKS))).toEqual([]);
    admin = new Client(installation.url, await installation.key('admin'));
    expect((await admin.video(ids.kept)).title).toBe('Kept');
    expect((await admin.request(`/api/v1/videos/${ids.video}`)).status).toBe(404);
  });

  test('and the receipts are there again', { timeout: 300_000 }, async () => {
    const reader = await enter('admin@localhost', PASSWORD);
    const Listed = z.object({ items: z.array(ErasureView) });
    const again = Listed.parse(await ask(reader, 'GET', '/erasures')).items.toReversed();
    expect(again.filter(({ reappliedAt }) => reappliedAt !== null).map(({ id }) => id)).toEqual(
      receipts.map(({ id }) => id),
    );
    for (const [at, { erasedAt, objects }] of receipts.entries())
      expect(again[at]).toMatchObject({ erasedAt, objects });
  });
});
