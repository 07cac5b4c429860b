import { randomUUID } from 'node:crypto';
import { forgetHistory } from '@transcode/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { addJob, addVideo } from '../videos.ts';

const DAY = 24 * 3600 * 1000;
const BEFORE = new Date(Date.now() - 30 * DAY);
const OLD = new Date(Date.now() - 31 * DAY);
const YOUNG = new Date(Date.now() - 29 * DAY);

let here: Installation;
beforeAll(async () => {
  here = await install();
});
afterAll(() => here.dispose());

async function addUpload(state: 'complete' | 'canceled' | 'receiving', sweptAt: Date | null = null): Promise<string> {
  const id = randomUUID();
  const { workspaceId } = here;
  await here.db.upload.create({
    data: { id, workspaceId, fileName: 'a.mp4', size: 1, key: id, state, sweptAt, expiresAt: OLD },
  });
  await here.db.$executeRaw`UPDATE "Upload" SET "updatedAt" = ${OLD} WHERE "id" = ${id}`;
  return id;
}

test('a deleted video goes with its runs and its upload, once nothing of it is left to be removed', async () => {
  const uploadId = await addUpload('complete');
  const gone = await addVideo(here, { state: 'deleted', deletedAt: OLD, uploadId });
  await addJob(here, gone, { state: 'completed', endedAt: OLD, sweptAt: OLD });
  const kept = await Promise.all([
    addVideo(here, { state: 'ready', createdAt: OLD, readyAt: OLD, uploadId: await addUpload('complete') }),
    addVideo(here, { state: 'canceled', createdAt: OLD, uploadId: await addUpload('canceled', OLD) }),
    addVideo(here, { state: 'deleted', deletedAt: YOUNG }),
  ]);
  const unswept = await addVideo(here, { state: 'deleted', deletedAt: OLD });
  await addJob(here, unswept, { state: 'completed', endedAt: OLD });
  const erasing = await addVideo(here, { state: 'deleted', deletedAt: OLD });
  await addJob(here, erasing, { state: 'running' });

  expect(await forgetHistory(here.db, BEFORE)).toBe(2);
  const left = await here.db.video.findMany({ select: { id: true } });
  expect(left.map(({ id }) => id).toSorted()).toEqual([...kept, unswept, erasing].map(({ id }) => id).toSorted());
  expect(await here.db.job.count({ where: { videoId: gone.id } })).toBe(0);
  expect(await here.db.upload.count()).toBe(2);
});

test('an upload without a video goes unless it is going on or has left something behind', async () => {
  await here.db.video.deleteMany();
  await here.db.upload.deleteMany();
  const [, receiving, unswept] = [
    await addUpload('canceled', OLD),
    await addUpload('receiving'),
    await addUpload('canceled'),
    await addUpload('complete'),
  ];
  expect(await forgetHistory(here.db, BEFORE)).toBe(2);
  const left = await here.db.upload.findMany({ select: { id: true } });
  expect(left.map(({ id }) => id).toSorted()).toEqual([receiving, unswept].toSorted());
});

test('messages that were told, sessions and workers that have ended go; those that have not stay', async () => {
  const { id: userId } = await here.person('viewer');
  const session = (data: { expiresAt: Date; revokedAt?: Date }) =>
    here.db.session.create({ data: { userId, secretHash: randomUUID(), ...data } });
  const worker = (id: string, stoppedAt: Date | null) =>
    here.db.worker.create({ data: { id, host: 'here', pid: 1, classes: ['cpu'], version: '1', stoppedAt } });
  const message = (sentAt: Date | null) =>
    here.db.outbox.create({ data: { topic: 'video.ready', payload: {}, createdAt: OLD, sentAt } });
  const control = (scope: string) =>
    here.db.workControl.create({ data: { scope, state: 'paused', by: 'me', at: OLD } });
  const tomorrow = new Date(Date.now() + DAY);
  await session({ expiresAt: OLD });
  await session({ expiresAt: tomorrow, revokedAt: OLD });
  const alive = await session({ expiresAt: tomorrow });
  await worker('gone', OLD);
  await worker('here', null);
  await message(OLD);
  const untold = await message(null);
  for (const scope of ['worker:gone', 'worker:here', 'class:cpu', 'all']) await control(scope);

  expect(await forgetHistory(here.db, BEFORE)).toBe(5);
  expect(await here.db.session.findMany()).toEqual([alive]);
  expect((await here.db.worker.findMany()).map(({ id }) => id)).toEqual(['here']);
  expect(await here.db.outbox.findMany()).toEqual([untold]);
  const scopes = await here.db.workControl.findMany();
  expect(scopes.map(({ scope }) => scope).toSorted()).toEqual(['all', 'class:cpu', 'worker:here']);
});

test('share links that have long ended go; those that hold, and those that ended lately, stay', async () => {
  const { id: videoId } = await addVideo(here, { state: 'ready' });
  const share = (expiresAt: Date, revokedAt: Date | null = null) =>
    here.db.shareLink.create({ data: { videoId, tokenHash: randomUUID(), expiresAt, revokedAt } });
  const tomorrow = new Date(Date.now() + DAY);
  await share(OLD);
  await share(tomorrow, OLD);
  const kept = await Promise.all([share(YOUNG), share(tomorrow)]);
  expect(await forgetHistory(here.db, BEFORE)).toBe(2);
  const left = await here.db.shareLink.findMany({ select: { id: true } });
  expect(left.map(({ id }) => id).toSorted()).toEqual(kept.map(({ id }) => id).toSorted());
});
