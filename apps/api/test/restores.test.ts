import { AuditView, OperationView, type VideoRestorePlan } from '@transcode/contracts';
import { beatBackupRunner, endOperation, eraseVideo, takeOperation } from '@transcode/db';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { install, type Installation } from './installation.ts';
import { callsOf, type PersonCalls } from './person-calls.ts';
import { restorePlanOf } from './restore-plan-of.ts';
import { addVideo } from './videos.ts';

const Problem = z.object({ code: z.string(), detail: z.string() });
const Entries = z.object({ items: z.array(AuditView) });
const NEXT = { host: 'here', nextBackupAt: new Date('2027-01-02T02:00:00Z'), nextDrillAt: null };
const SEVERAL = { found: 'several', backup: 'b', more: false } as const;

let here: Installation;
let admin: PersonCalls;

beforeAll(async () => {
  here = await install();
  admin = await callsOf(here, await here.start(), 'admin');
});
beforeEach(async () => {
  await here.db.operation.deleteMany();
  await beatBackupRunner(here.db, NEXT);
});
afterAll(() => here.dispose());

async function post(path: string, body: object): Promise<OperationView | z.infer<typeof Problem>> {
  const { status, body: answer } = await admin.call('POST', path, body);
  return status === 200 ? OperationView.parse(answer) : Problem.parse(answer);
}
const look = (video: string, backup?: string) => post('/backups/restores/plan', { video, ...(backup && { backup }) });
const restore = (plan: string, more: object = {}) => post('/backups/restores', { plan, confirm: 'Harbour', ...more });
async function begun(asked: Promise<object>): Promise<OperationView> {
  return OperationView.parse(await asked);
}
/** A dry run that has ended. */
async function looked(more: Partial<VideoRestorePlan> = {}): Promise<VideoRestorePlan & { id: string }> {
  const { id: videoId } = await addVideo(here, { title: 'Harbour' });
  const plan = { ...restorePlanOf({ videoId, title: 'Harbour' }), ...more };
  const { id } = await begun(look('harb'));
  await takeOperation(here.db);
  await endOperation(here.db, id, { state: 'completed', sentence: undefined, result: plan });
  return { ...plan, id };
}

describe('a dry run', () => {
  test('waits for the runner with what it is asked, and tells what was found', async () => {
    const asked = await begun(look('  harb ', '00000001-20261201T020000Z'));
    expect(asked).toMatchObject({
      ...{ kind: 'restorePlan', state: 'queued', askedBy: admin.person.email, found: null, steps: [] },
      about: { video: 'harb', videoId: null, backup: '00000001-20261201T020000Z' },
    });
    expect((await takeOperation(here.db))?.input).toEqual({ video: 'harb', backup: '00000001-20261201T020000Z' });
    const plan = restorePlanOf({ videoId: crypto.randomUUID(), title: 'Harbour' });
    await endOperation(here.db, asked.id, { state: 'completed', sentence: undefined, result: plan });
    const { body } = await admin.call('GET', `/operations/${asked.id}`);
    expect(OperationView.parse(body)).toMatchObject({
      ...{ state: 'completed', found: plan, about: { video: 'Harbour', videoId: plan.videoId, backup: plan.backup } },
    });
  });

  test('of another video is refused while one is open, and of the same is that one', async () => {
    const first = await begun(look('Harbour'));
    expect(await begun(look('Harbour'))).toMatchObject({ id: first.id });
    expect(await look('Lighthouse')).toMatchObject({ code: 'restore_running' });
  });

  test('is refused where nobody runs backups', async () => {
    await here.db.backupRunner.deleteMany();
    expect(await look('Harbour')).toMatchObject({ code: 'backup_runner_missing' });
  });
});

describe('a restore', () => {
  test('is what a dry run has told, confirmed by the title, and written down', async () => {
    const { id, videoId, workspaceId, backup, changes } = await looked();
    expect(await restore(id, { confirm: 'Lighthouse' })).toMatchObject({
      ...{ code: 'conflict', detail: 'Nothing is restored: what was typed is not its title.' },
    });
    expect(await here.db.operation.count({ where: { kind: 'restore' } })).toBe(0);
    const asked = await begun(restore(id, { confirm: ' harbour' }));
    expect(asked).toMatchObject({ kind: 'restore', state: 'queued', about: { video: 'Harbour', videoId, backup } });
    const by = { kind: 'user', id: admin.person.id };
    expect((await here.db.operation.findUniqueOrThrow({ where: { id: asked.id } })).input).toEqual({
      ...{ videoId, workspaceId, title: 'Harbour', backup, changes, replace: false, incomplete: false, by },
    });
    const { items } = Entries.parse((await admin.call('GET', `/audit?limit=10&target=${videoId}`)).body);
    expect(items.map(({ sentence }) => sentence)).toEqual(['admin asked for a restore of the video Harbour.']);
  });

  test('of what found nothing, of several, or of what is there as it was, is refused', async () => {
    const { id: open } = await begun(look('Harbour'));
    expect(await restore(open)).toMatchObject({ code: 'conflict', detail: expect.stringContaining('not found one') });
    await takeOperation(here.db);
    const result = { ...SEVERAL, videos: [] };
    await endOperation(here.db, open, { state: 'completed', sentence: undefined, result });
    expect(await restore(open)).toMatchObject({ code: 'conflict' });
    const same = await looked({ changes: [{ table: '"Video"', added: 0, replaced: 0, same: 1 }] });
    expect(await restore(same.id)).toMatchObject({ detail: expect.stringContaining('there as it was') });
    expect(await restore(crypto.randomUUID())).toMatchObject({ code: 'not_found' });
  });

  test('replaces rows, and brings back what does not play, on a word only', async () => {
    const spoilt = await looked({
      changes: [{ table: '"Job"', added: 0, replaced: 2, same: 0 }],
      objects: { there: 1, fetched: 0, lost: 3, lostPlayed: 1, named: ['w/a', 'w/b'] },
    });
    expect(await restore(spoilt.id)).toMatchObject({ detail: expect.stringContaining('2 rows of the video') });
    expect(await restore(spoilt.id, { replace: true })).toMatchObject({
      detail: expect.stringContaining('nobody has 1 object'),
    });
    expect(await restore(spoilt.id, { replace: true, incomplete: true })).toMatchObject({ state: 'queued' });
  });

  test('that failed is tried again for whoever asks then; one that went well is not', async () => {
    const { id } = await looked();
    const { id: failed } = await begun(restore(id));
    await takeOperation(here.db);
    await endOperation(here.db, failed, { state: 'failed', sentence: 'The disk is full.' });
    const again = await begun(post(`/operations/${failed}/retry`, {}));
    expect(again).toMatchObject({ kind: 'restore', state: 'queued', about: { video: 'Harbour' } });
    await takeOperation(here.db);
    await endOperation(here.db, again.id, { state: 'completed', sentence: undefined });
    expect(await post(`/operations/${again.id}/retry`, {})).toMatchObject({ code: 'conflict' });
  });
});

test('once the video is erased nobody reads what it was called there, and it is not tried again', async () => {
  const { id, videoId, workspaceId } = await looked();
  const { id: failed } = await begun(restore(id));
  await takeOperation(here.db);
  await endOperation(here.db, failed, { state: 'failed', sentence: 'Harbour is in the way.' });
  // By a title that was meant for it, as far as anybody knows.
  const { id: unfound } = await begun(look('Harb'));
  await takeOperation(here.db);
  await endOperation(here.db, unfound, { state: 'failed', sentence: 'There is no Harb.' });
  await here.db.video.update({ where: { id: videoId }, data: { state: 'deleted' } });
  await here.db.erasure.create({ data: { kind: 'video', subjectId: videoId } });
  await eraseVideo(here.db, { id: videoId, workspaceId }, 0);
  expect(JSON.stringify(await here.db.operation.findMany())).not.toMatch(/Harb/i);
  expect(await post(`/operations/${failed}/retry`, {})).toMatchObject({ detail: 'What it was about was erased.' });
  // One that looked meanwhile ends after that.
  const { id: late } = await begun(look(videoId));
  await takeOperation(here.db);
  const result = restorePlanOf({ videoId, title: 'Harbour' });
  await endOperation(here.db, late, { state: 'completed', sentence: undefined, result });
  expect(await here.db.operation.findUniqueOrThrow({ where: { id: late } })).toMatchObject({
    input: null,
    result: null,
  });
});
