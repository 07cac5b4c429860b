import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeBackup, writeDrill, type Engine } from '@transcode/backup';
import { AuditView, BackupsView, OperationView, OverviewView } from '@transcode/contracts';
import { beatBackupRunner, endOperation, leaveBackupRunner, takeOperation, tellStep } from '@transcode/db';
import { findTools } from '@transcode/servers';
import { openStorage } from '@transcode/storage';
import { temporaryFolder, type TemporaryFolder } from '@transcode/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { RunningApi } from '../src/start.ts';
import { install, type Installation } from './installation.ts';
import { callsOf, type PersonCalls } from './person-calls.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const ROOT = path.resolve(import.meta.dirname, '../../..');
const NEXT = { host: 'here', nextBackupAt: new Date('2027-01-02T02:00:00Z'), nextDrillAt: null };
const Problem = z.object({ code: z.string(), detail: z.string() });

let here: Installation;
let api: RunningApi;
let admin: PersonCalls;
let folder: TemporaryFolder;
let engine: Engine;

beforeAll(async () => {
  here = await install();
  folder = await temporaryFolder('backups');
  const url = pathToFileURL(path.join(folder.path, 'store')).href;
  const { postgresBin: bin } = await findTools({ root: ROOT, env: { PATH } });
  engine = {
    ...{ store: openStorage(url, { reserveBytes: 0 }), media: undefined, bin, product: '0.1.0' },
    ...{ databaseUrl: here.env['DATABASE_URL'] ?? '', scratch: path.join(folder.path, 'scratch') },
    ...{ recipients: [], identities: [] },
  };
  api = await here.start({ BACKUP_URL: url, BACKUP_SAME_DISK: 'true' });
  admin = await callsOf(here, api, 'admin');
});
beforeEach(async () => {
  await here.db.operation.deleteMany();
  await leaveBackupRunner(here.db, NEXT.host);
});
afterAll(async () => {
  await here.dispose();
  await folder.remove();
});

const look = async (): Promise<BackupsView> => BackupsView.parse((await admin.call('GET', '/backups')).body);
const ask = (kind: string): Promise<{ status: number; body: unknown }> => admin.call('POST', '/backups/run', { kind });
async function begun(kind: string): Promise<OperationView> {
  const { status, body } = await ask(kind);
  expect(status).toBe(200);
  return OperationView.parse(body);
}
/** As a runner that has just ended something tells: what lies in the store is looked at anew. */
async function tellEnd(): Promise<void> {
  const data = { kind: 'backup', state: 'completed', endedAt: new Date() } as const;
  await here.db.operation.create({ data });
}

test('an installation that was told of no store says so', async () => {
  const other = await here.start();
  const view = BackupsView.parse((await (await callsOf(here, other, 'admin')).call('GET', '/backups')).body);
  expect(view).toMatchObject({ store: null, runner: null, lastGood: null, backups: [], drills: [], copies: null });
});

describe('run now', () => {
  test('is refused in words where nobody runs backups, and nothing is left waiting', async () => {
    const { status, body } = await ask('backup');
    expect([status, Problem.parse(body).code]).toEqual([409, 'backup_runner_missing']);
    expect(await here.db.operation.count()).toBe(0);
    expect((await look()).runner).toBeNull();
  });

  test('waits for the runner, shows each step, and says what came of it', async () => {
    await beatBackupRunner(here.db, NEXT);
    expect((await look()).runner).toEqual({ nextBackupAt: NEXT.nextBackupAt.toISOString(), nextDrillAt: null });
    const asked = await begun('backup');
    expect(asked).toMatchObject({ kind: 'backup', state: 'queued', askedBy: admin.person.email, step: 0 });
    const taken = await takeOperation(here.db);
    expect([taken?.id, await takeOperation(here.db)]).toEqual([asked.id, undefined]);
    await tellStep(here.db, asked.id, { step: 2, doing: 'Restoring' });
    expect((await look()).operations).toMatchObject([{ id: asked.id, state: 'running', step: 2, doing: 'Restoring' }]);
    await endOperation(here.db, asked.id, { state: 'failed', sentence: 'The disk is full.' });
    expect((await look()).operations).toMatchObject([{ state: 'failed', doing: null, sentence: 'The disk is full.' }]);
  });

  test('twice at once is one, and written down once', async () => {
    await beatBackupRunner(here.db, NEXT);
    const both = await Promise.all([begun('backup'), begun('backup')]);
    expect(both[0].id).toBe(both[1].id);
    const drill = await begun('drill');
    expect(drill.id).not.toBe(both[0].id);
    const { items } = z.object({ items: z.array(AuditView) }).parse((await admin.call('GET', '/audit?limit=50')).body);
    const told = items.filter(({ target }) => target === both[0].id || target === drill.id);
    expect(told.map(({ sentence }) => sentence)).toEqual(['admin asked for a drill.', 'admin asked for a backup.']);
  });

  test('one that waits is canceled at once, one that runs is told to stop, and one that is over stays as it is', async () => {
    await beatBackupRunner(here.db, NEXT);
    const cancel = async (id: string): Promise<OperationView> =>
      OperationView.parse((await admin.call('POST', `/operations/${id}/cancel`)).body);
    const waiting = await begun('drill');
    expect(await cancel(waiting.id)).toMatchObject({ state: 'canceled', canceledBy: admin.person.email });
    const running = await begun('backup');
    await takeOperation(here.db);
    expect(await cancel(running.id)).toMatchObject({ state: 'running', canceledBy: admin.person.email });
    await endOperation(here.db, running.id, { state: 'canceled', sentence: undefined });
    expect(await cancel(running.id)).toMatchObject({ state: 'canceled' });
    const rows = await here.db.audit.findMany({ where: { action: 'backups.cancel', target: running.id } });
    expect(rows).toHaveLength(1);
    expect((await admin.call('POST', `/operations/${crypto.randomUUID()}/cancel`)).status).toBe(404);
  });

  test('is nobody’s who was not heard for fifteen seconds', async () => {
    await beatBackupRunner(here.db, NEXT);
    await here.db.backupRunner.updateMany({ data: { seenAt: new Date(Date.now() - 16_000) } });
    expect((await ask('backup')).status).toBe(409);
  });
});

test('what lies in the store, what failed and what drills took, the newest first; and Overview says what is wrong', async () => {
  const { manifest } = await makeBackup(engine, 'schedule');
  await expect(makeBackup({ ...engine, recipients: ['age1typo'] }, 'asked')).rejects.toThrow('no key of age');
  await writeDrill(engine.store, {
    ...{
      format: 1,
      at: new Date().toISOString(),
      product: '0.1.0',
      backup: manifest.id,
      rtoSeconds: 4,
      rpoSeconds: 60,
    },
    ...{ steps: {}, result: 'bad', reason: 'There is no such object' },
  });
  await tellEnd();
  const view = await look();
  expect(view.store).toMatchObject({ sameDisk: true, trouble: null, url: expect.stringMatching(/^file:/) });
  expect(view.lastGood).toMatchObject({ id: manifest.id, outcome: 'good', reason: 'schedule', sentence: null });
  expect(view.lastGood?.bytes).toBe(manifest.file.bytes);
  expect(view.backups.map(({ outcome }) => outcome)).toEqual(['failed', 'good']);
  expect(view.backups[0]).toMatchObject({
    id: null,
    reason: 'asked',
    sentence: expect.stringContaining('no key of age'),
  });
  expect(view.drills).toMatchObject([{ passed: false, rto: 4, rpo: 60, sentence: 'There is no such object.' }]);

  const needs = OverviewView.parse((await admin.call('GET', '/overview')).body).needs;
  expect(needs.filter(({ kind }) => kind === 'backups')).toMatchObject([
    { kind: 'backups', how: 'failed', severity: 'held', meaning: expect.stringContaining('no key of age') },
    { kind: 'backups', how: 'sameDisk', severity: 'notice' },
  ]);

  // What cannot be read is told before all else, and a good one ends the need.
  await engine.store.put('postgres/00000009-20270101T000000Z/manifest.json', Buffer.from('{'));
  await makeBackup(engine, 'asked');
  await tellEnd();
  expect((await look()).backups.map(({ outcome }) => outcome)).toEqual(['damaged', 'good', 'failed', 'good']);
  const after = OverviewView.parse((await admin.call('GET', '/overview')).body).needs;
  expect(after.filter(({ kind }) => kind === 'backups')).toMatchObject([{ how: 'sameDisk' }]);
});
