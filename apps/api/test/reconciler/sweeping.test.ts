import { markLate, markSwept } from '@transcode/db';
import type { Video } from '@transcode/db';
import { createJobLogs, type JobLogs } from '@transcode/queue';
import { createLogger } from '@transcode/telemetry';
import { startStack } from '@transcode/testing';
import type { Stack } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeLosers } from '../../src/reconciler/remove-losers.ts';
import { sweepVideos } from '../../src/reconciler/sweep-videos.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { addVideo } from '../videos.ts';
import { LONG_AGO, storeJob } from './stored-job.ts';

let stack: Stack;
let here: Installation;
let jobLogs: JobLogs;

beforeAll(async () => {
  stack = await startStack({ s3: true });
  here = await install({ env: stack.env });
  jobLogs = createJobLogs({ redisUrl: stack.env['REDIS_URL'] ?? '' });
});
afterAll(async () => {
  await jobLogs.close();
  await here.dispose();
  await stack.dispose();
});

async function keysOf(video: Video): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of here.storage.list(`w/${video.workspaceId}/v/${video.id}/`)) keys.push(key);
  return keys.toSorted();
}

const sweptAt = async (id: string): Promise<Date | null> =>
  (await here.db.job.findUniqueOrThrow({ where: { id } })).sweptAt;

/** What the elected replica does again and again, once. */
async function sweep(turn = { goesOn: () => true }): Promise<void> {
  await sweepVideos({ ...here, jobLogs, log: createLogger({ name: 'api', level: 'silent' }) })(turn);
}

test('what is published stays, and what lost goes', async () => {
  const video = await addVideo(here, { state: 'ready' });
  const { job, winners, losers } = await storeJob(here, video, { state: 'completed' });
  await here.db.video.update({ where: { id: video.id }, data: { publishedJobId: job.id } });
  expect(await keysOf(video)).toEqual([...winners, ...losers].toSorted());
  await sweep();
  expect(await sweptAt(job.id)).not.toBeNull();
  expect(await keysOf(video)).toEqual(winners.toSorted());
});

test('a failed run keeps its chunks until a later one is complete, and then what that one has taken over', async () => {
  const video = await addVideo(here, { state: 'failed' });
  const first = await storeJob(here, video, { state: 'failed' });
  await sweep();
  expect(await sweptAt(first.job.id)).not.toBeNull();
  expect(await keysOf(video)).toEqual(first.winners.toSorted());
  const [init = '', segment = ''] = first.winners;

  const second = await storeJob(here, video, { state: 'canceled', takenOver: [init] });
  await sweep();
  expect(await sweptAt(second.job.id)).not.toBeNull();
  expect(await keysOf(video)).toEqual([...first.winners, ...second.winners].toSorted());

  const third = await storeJob(here, video, { state: 'completed', takenOver: [segment] });
  await here.db.video.update({ where: { id: video.id }, data: { state: 'ready', publishedJobId: third.job.id } });
  await sweep();
  expect(await sweptAt(third.job.id)).not.toBeNull();
  expect(await keysOf(video)).toEqual([segment, ...third.winners].toSorted());
  const rows = await here.db.chunk.findMany({ where: { job: { videoId: video.id } } });
  expect(rows.map(({ jobId }) => jobId)).toEqual([third.job.id]);
});

test('nothing is touched while a task of the video may still write, or could a moment ago', async () => {
  const untouched = await Promise.all([
    stored({ state: 'completed', measure: 'running' }),
    stored({ state: 'completed', measure: 'queued' }),
    stored({ state: 'running' }),
    stored({ state: 'canceled', endedAt: new Date(Date.now() + 600_000) }),
  ]);
  // One that has ended waits for another that runs.
  const video = await addVideo(here, { state: 'processing' });
  await Promise.all([storeJob(here, video, { state: 'failed' }), storeJob(here, video, { state: 'running' })]);
  await sweep();
  for (const { kept, keys } of untouched) expect(await keysOf(kept)).toEqual(keys);
  expect(await keysOf(video)).toHaveLength(12);

  async function stored(wanted: Parameters<typeof storeJob>[2]): Promise<{ kept: Video; keys: string[] }> {
    const kept = await addVideo(here, { state: 'processing' });
    const { winners, losers } = await storeJob(here, kept, wanted);
    return { kept, keys: [...winners, ...losers].toSorted() };
  }
});

test('a deleted video is not erased for as long as the second store has something of it', async () => {
  const video = await addVideo(here, { state: 'deleted', deletedAt: LONG_AGO });
  const { job } = await storeJob(here, video, { state: 'completed' });
  await here.db.copyTarget.create({ data: { url: 's3://elsewhere' } });
  await here.db.objectCopy.create({
    data: { key: video.sourceKey, videoId: video.id, content: 'source', state: 'removing' },
  });
  await sweep();
  expect(await keysOf(video)).toEqual([]);
  expect(await sweptAt(job.id)).toBeNull();
  await here.db.objectCopy.deleteMany({ where: { videoId: video.id } });
  await sweep();
  expect(await sweptAt(job.id)).not.toBeNull();
  await here.db.copyTarget.deleteMany();
});

test('of a deleted video everything goes, the source too, and of its rows what described the objects', async () => {
  const video = await addVideo(here, { state: 'deleted', deletedAt: LONG_AGO });
  const { job } = await storeJob(here, video, { state: 'completed' });
  await here.storage.put(video.sourceKey, Buffer.from('the source'));
  await sweep();
  expect(await sweptAt(job.id)).not.toBeNull();
  expect(await keysOf(video)).toEqual([]);
  expect(await here.storage.head(video.sourceKey)).toBeUndefined();
  expect(await here.db.task.count({ where: { jobId: job.id } })).toBe(0);
  expect(await here.db.chunk.count({ where: { jobId: job.id } })).toBe(0);
  expect(await here.db.job.findUniqueOrThrow({ where: { id: job.id }, include: { video: true } })).toMatchObject({
    ...{ state: 'completed', published: null, video: { state: 'deleted', title: '', fileName: '' } },
  });
});

test('what a late writer leaves after the sweep goes too', async () => {
  const video = await addVideo(here, { state: 'ready' });
  const { job, winners } = await storeJob(here, video, { state: 'completed' });
  await sweep();
  expect(await sweptAt(job.id)).not.toBeNull();
  const late = `w/${video.workspaceId}/v/${video.id}/${job.id}/v180/0-1/1.m4s`;
  await here.storage.put(late, Buffer.from('late'));
  await markLate(here.db, job.id);
  expect(await sweptAt(job.id)).toBeNull();
  await here.db.job.update({ where: { id: job.id }, data: { lateAt: LONG_AGO } });
  await sweep();
  expect(await sweptAt(job.id)).not.toBeNull();
  expect(await keysOf(video)).toEqual(winners.toSorted());
});

test('with the storage away nothing counts as swept, and once it is back everything is', async () => {
  const video = await addVideo(here, { state: 'ready' });
  const { job, winners } = await storeJob(here, video, { state: 'completed', measure: 'running' });
  await here.db.task.updateMany({ where: { jobId: job.id }, data: { state: 'completed', endedAt: LONG_AGO } });
  await stack.outage('s3', async () => {
    await expect(sweep()).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
  expect(await sweptAt(job.id)).toBeNull();
  await sweep();
  expect(await sweptAt(job.id)).not.toBeNull();
  expect(await keysOf(video)).toEqual(winners.toSorted());
});

test('what has ended since the look has not rested, and is swept by another', async () => {
  const video = await addVideo(here, { state: 'failed' });
  const before = await storeJob(here, video, { state: 'failed' });
  const since = await storeJob(here, video, { state: 'canceled', endedAt: new Date() });
  const found = { ...video, isDeleted: false, foundAt: new Date(Date.now() - 60_000) };
  await removeLosers(here, found, { goesOn: () => true });
  expect(await keysOf(video)).toEqual([...before.winners, ...since.winners, ...since.losers].toSorted());
  await markSwept(here.db, found);
  expect(await sweptAt(before.job.id)).not.toBeNull();
  expect(await sweptAt(since.job.id)).toBeNull();
});

test('a replica that is no longer elected deletes nothing', async () => {
  const video = await addVideo(here, { state: 'ready' });
  const { job, winners, losers } = await storeJob(here, video, { state: 'completed' });
  let asked = 0;
  // Once for the video; the second time is before its losers are deleted.
  await sweep({ goesOn: () => (asked += 1) === 1 });
  expect(asked).toBe(2);
  expect(await keysOf(video)).toEqual([...winners, ...losers].toSorted());
  expect(await sweptAt(job.id)).toBeNull();
});
