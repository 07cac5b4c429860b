import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  claimCopies,
  claimRemovals,
  claimSourceCopy,
  completeCopy,
  completeRemovals,
  deleteVideo,
  endCopyClaim,
  findCopyMarks,
  loseCopies,
  markForCopy,
  markGoneVideos,
  planCopies,
  readCopyStatus,
  readCopyTarget,
  renewCopyClaim,
  setCopyTarget,
  stopCopying,
} from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

const FAR = 's3://far';
const LEASE = { leaseMs: 60_000 };

let postgres: RealPostgres;

beforeAll(async () => {
  postgres = await realPostgres();
});
beforeEach(async () => {
  await postgres.db.copyTarget.deleteMany();
  await postgres.db.copyMark.deleteMany();
  await postgres.db.objectCopy.deleteMany();
  await postgres.db.video.deleteMany();
});
afterAll(() => postgres.stop());

/** A video whose source has come, looked at. */
async function planned(): Promise<{ videoId: string; key: string }> {
  const { video } = await postgres.begin();
  const sourceKey = `w/${video.workspaceId}/u/${video.id}`;
  await postgres.db.video.update({ where: { id: video.id }, data: { sourceKey, state: 'processing' } });
  await planCopies(postgres.db, video.id);
  return { videoId: video.id, key: sourceKey };
}

/** What waits, by how it is. */
const states = async (): Promise<string[]> =>
  (await postgres.db.objectCopy.findMany({ orderBy: { key: 'asc' } })).map(({ state }) => state);

test('without a second store nothing is marked; with one each change is, and all that was there before', async () => {
  const { db } = postgres;
  const { video } = await postgres.begin();
  await markForCopy(db, video.id);
  expect(await db.copyMark.count()).toBe(0);
  expect(await setCopyTarget(db, FAR)).toBe(true);
  expect(await setCopyTarget(db, FAR)).toBe(false);
  const marks = await findCopyMarks(db, 10);
  expect([...marks.keys()]).toEqual([video.id]);
  await planCopies(db, video.id, marks.get(video.id));
  expect(await db.copyMark.count()).toBe(0);
  await deleteVideo(db, video.id, () => Promise.resolve());
  expect(await db.copyMark.count()).toBe(1);
});

test('a change under way while the store is named is marked, whoever is first', async () => {
  const { db } = postgres;
  const { video } = await postgres.begin();
  let named: Promise<boolean> | undefined;
  await db.$transaction(async (tx) => {
    await markForCopy(tx, video.id);
    named = setCopyTarget(db, FAR);
    // It waits for us, or it would have looked at the video before what follows.
    expect(await Promise.race([named, new Promise((resolve) => setTimeout(() => resolve('waits'), 300))])).toBe(
      'waits',
    );
    await tx.video.update({ where: { id: video.id }, data: { title: 'Another' } });
  });
  expect(await named).toBe(true);
  expect([...(await findCopyMarks(db, 10)).keys()]).toEqual([video.id]);
});

test('where the store is another, nothing counts as copied; where it is named again, all that did does', async () => {
  const { db } = postgres;
  await setCopyTarget(db, FAR);
  await planned();
  for (const claim of await claimCopies(db, { count: 10, ...LEASE }))
    await completeCopy(db, claim, { bytes: 1, sha256: 'x' });
  expect(await stopCopying(db)).toBe(true);
  expect(await stopCopying(db)).toBe(false);
  expect(await readCopyTarget(db)).toBeNull();
  expect(await setCopyTarget(db, FAR)).toBe(true);
  expect(await states()).toEqual(['copied']);
  expect(await db.copyMark.count()).toBe(1);
  expect(await setCopyTarget(db, 's3://further')).toBe(true);
  expect(await states()).toEqual([]);
  expect(await db.copyMark.count()).toBe(1);
});

test('of twenty who claim each object goes to one, sources before all else', async () => {
  const { db } = postgres;
  const { videoId, key } = await planned();
  await db.objectCopy.createMany({
    data: Array.from({ length: 10 }, (_, at) => ({
      ...{ key: `w/out/${at}`, videoId, content: 'output' as const, waitingSince: new Date(0) },
    })),
  });
  expect((await claimCopies(db, { count: 1, ...LEASE })).map((claim) => claim.key)).toEqual([key]);
  const claimed = await Promise.all(Array.from({ length: 20 }, () => claimCopies(db, { count: 3, ...LEASE })));
  const keys = claimed.flat().map((claim) => claim.key);
  expect([keys.length, new Set(keys).size]).toEqual([10, 10]);
});

test('a claim that ran out is another’s, and the first one changes nothing any more', async () => {
  const { db } = postgres;
  const { key } = await planned();
  const [first] = await claimCopies(db, { count: 1, leaseMs: -1 });
  const [second] = await claimCopies(db, { count: 1, ...LEASE });
  expect([first?.token, second?.token]).toEqual([1, 2]);
  const [lost, ours] = [
    { key, token: 1 },
    { key, token: 2 },
  ];
  expect(await renewCopyClaim(db, { ...lost, ...LEASE })).toBe(false);
  expect(await completeCopy(db, lost, { bytes: 1, sha256: 'x' })).toBe(false);
  expect(await completeCopy(db, ours, { bytes: 1, sha256: 'x' })).toBe(true);
  expect(await states()).toEqual(['copied']);
});

test('what is deleted while it is copied is removed, and not before the copier has let go', async () => {
  const { db } = postgres;
  const { videoId } = await planned();
  const [claim] = await claimCopies(db, { count: 1, ...LEASE });
  await deleteVideo(db, videoId, () => Promise.resolve());
  await planCopies(db, videoId);
  expect(await states()).toEqual(['removing']);
  expect(await claimRemovals(db, { count: 10, ...LEASE })).toEqual([]);
  if (claim === undefined) throw new Error('Nothing was claimed.');
  expect(await completeCopy(db, claim, { bytes: 1, sha256: 'x' })).toBe(false);
  await endCopyClaim(db, claim);
  const removals = await claimRemovals(db, { count: 10, ...LEASE });
  expect(removals.map(({ key }) => key)).toEqual([claim.key]);
  // Its row, and that of its video, may be gone by then.
  await db.video.deleteMany();
  await completeRemovals(db, removals);
  expect(await states()).toEqual([]);
});

test('a source is claimed before its upload is called complete, and kept until it is', async () => {
  const { db } = postgres;
  const { video } = await postgres.begin();
  const upload = await db.upload.create({
    data: {
      ...{ id: 'u', workspaceId: video.workspaceId, fileName: 'a.mp4', size: 1, key: 'source' },
      expiresAt: new Date(),
    },
  });
  await db.video.update({ where: { id: video.id }, data: { uploadId: upload.id, state: 'uploading' } });
  const source = { key: 'source', videoId: video.id, bytes: 1n, ...LEASE };
  expect(await claimSourceCopy(db, source)).toMatchObject({ key: 'source', token: 1 });
  expect(await claimSourceCopy(db, source)).toBeUndefined();
  await planCopies(db, video.id);
  expect(await states()).toEqual(['waiting']);
  await db.upload.update({ where: { id: upload.id }, data: { state: 'canceled' } });
  await db.video.update({ where: { id: video.id }, data: { state: 'canceled' } });
  await planCopies(db, video.id);
  expect(await states()).toEqual(['removing']);
});

test('what counts as needed though its video is gone is looked at', async () => {
  const { db } = postgres;
  await planned();
  const { videoId } = await planned();
  expect(await markGoneVideos(db)).toBe(0);
  await db.video.deleteMany({ where: { id: videoId } });
  expect(await markGoneVideos(db)).toBe(1);
  const marks = await findCopyMarks(db, 10);
  expect([...marks.keys()]).toEqual([videoId]);
  await planCopies(db, videoId, marks.get(videoId));
  expect((await states()).toSorted()).toEqual(['removing', 'waiting']);
  expect(await markGoneVideos(db)).toBe(0);
});

test('the lag is the age of the oldest that waits; failures wait longer each time', async () => {
  const { db } = postgres;
  expect(await readCopyStatus(db)).toEqual({
    ...{ lagSeconds: 0, waitingObjects: 0, waitingBytes: 0, failedObjects: 0, failure: null, removingObjects: 0 },
  });
  const { key } = await planned();
  await db.objectCopy.update({ where: { key }, data: { waitingSince: new Date(Date.now() - 90_000) } });
  const [claim] = await claimCopies(db, { count: 1, ...LEASE });
  if (claim === undefined) throw new Error('Nothing was claimed.');
  await endCopyClaim(db, claim, 'It is not in the storage.');
  expect(await claimCopies(db, { count: 1, ...LEASE })).toEqual([]);
  const status = await readCopyStatus(db);
  expect(status).toMatchObject({
    waitingObjects: 1,
    waitingBytes: 1,
    failedObjects: 1,
    failure: 'It is not in the storage.',
  });
  expect(status.lagSeconds).toBeGreaterThan(89);
  expect(status.lagSeconds).toBeLessThan(120);
  await db.objectCopy.update({ where: { key }, data: { notBefore: null } });
  const [again] = await claimCopies(db, { count: 1, ...LEASE });
  if (again === undefined) throw new Error('Nothing was claimed.');
  await completeCopy(db, again, { bytes: 7, sha256: 'x' });
  expect((await readCopyStatus(db)).lagSeconds).toBe(0);
  expect(await loseCopies(db, [key], 'It was gone.')).toBe(1);
  expect(await readCopyStatus(db)).toMatchObject({ waitingObjects: 1, waitingBytes: 7, failure: 'It was gone.' });
});
