import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { markForCopy, type Video } from '@transcode/db';
import { openStorage, type Storage } from '@transcode/storage';
import { startStack, waitFor, type Stack } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProcess } from './api-process.ts';
import { install, type Installation } from './installation.ts';
import { storeJob } from './reconciler/stored-job.ts';
import { scrape } from './signals/scrape.ts';
import { MiB, someBytes, tus } from './tus.ts';
import { addVideo } from './videos.ts';

const PATIENCE = { timeout: 60_000, interval: 50 };
const LEASED_MS = 6_000;

let near: Stack;
/** Another region: a server of its own. */
let far: Stack;
let here: Installation;
let second: Storage;
let copying: Record<string, string>;
let key: string;

beforeAll(async () => {
  [near, far] = await Promise.all([startStack({ s3: true }), startStack({ s3: true })]);
  here = await install({ env: near.env });
  key = await here.key('editor');
  const url = far.storageUrl;
  second = openStorage(url, { s3: { ...far.s3 } });
  copying = {
    ...{ COPY_URL: url, COPY_S3_ENDPOINT: far.s3?.endpoint ?? '', COPY_S3_REGION: far.s3?.region ?? '' },
    ...{ COPY_S3_ACCESS_KEY_ID: far.s3?.accessKeyId ?? '', COPY_S3_SECRET_ACCESS_KEY: far.s3?.secretAccessKey ?? '' },
  };
}, 120_000);
afterAll(async () => {
  await second.close();
  await here.dispose();
  await Promise.all([near.dispose(), far.dispose()]);
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function keysIn(store: Storage, prefix = 'w/'): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key: found } of store.list(prefix)) keys.push(found);
  return keys.toSorted();
}

/** A video that is ready, with its source and what its rows name, and objects that they do not. */
async function addReady(): Promise<{ video: Video; needed: string[] }> {
  const video = await addVideo(here, { state: 'ready' });
  await here.storage.put(video.sourceKey, randomBytes(1_000));
  const { job, winners } = await storeJob(here, video, { state: 'completed', endedAt: new Date() });
  await here.db.video.update({ where: { id: video.id }, data: { publishedJobId: job.id } });
  await markForCopy(here.db, video.id);
  return { video, needed: [...winners, video.sourceKey].toSorted() };
}

const copyOf = (of: string) => here.db.objectCopy.findUnique({ where: { key: of } });
const untilCopied = (keys: readonly string[]): Promise<unknown> =>
  waitFor(async () => {
    const copied = await here.db.objectCopy.count({ where: { key: { in: [...keys] }, state: 'copied' } });
    return copied === keys.length ? true : undefined;
  }, PATIENCE);

/** What is sent to a process by tus, up to the answer to its last byte. */
async function upload(
  api: { url: string },
  body: Buffer<ArrayBuffer>,
): Promise<{ path: string; status: number; row: () => Promise<Row> }> {
  const client = tus(api, key);
  const path = await client.begin(body.length);
  const { status } = await client.patch(path, 0, body);
  const id = path.slice(path.lastIndexOf('/') + 1);
  return { path, status, row: () => here.db.upload.findUniqueOrThrow({ where: { id }, include: { video: true } }) };
}
type Row = NonNullable<Awaited<ReturnType<Installation['db']['upload']['findUnique']>>> & { video: Video | null };

test('without COPY_URL nothing is written down, and no metric told', async () => {
  const api = await here.start();
  await upload(api, someBytes(1_000));
  expect(await here.db.copyMark.count()).toBe(0);
  expect((await scrape(api))('copy_lag_seconds')).toBeUndefined();
  await api.stop();
});

test('what was there before comes to the second store, and what rows do not name does not', async () => {
  const { needed } = await addReady();
  const api = await here.start(copying);
  await untilCopied(needed);
  const there = await keysIn(second);
  expect(needed.filter((each) => !there.includes(each))).toEqual([]);
  expect(there.filter((each) => each.includes('0-1/'))).toEqual([]);
  for (const each of needed) {
    const [one, other] = [await here.storage.read(each), await second.read(each)];
    expect(one.equals(other)).toBe(true);
    expect(await copyOf(each)).toMatchObject({ sha256: sha256(one), bytes: BigInt(one.length), failure: null });
  }
  const read = await scrape(api);
  expect(['copy_lag_seconds', 'copy_waiting_objects', 'copy_failed_objects'].map(read)).toEqual([0, 0, 0]);
  expect(read('copy_store_up{mode="asynchronous"}')).toBe(1);
  expect(read('copy_objects_total{result="copied"}')).toBeGreaterThanOrEqual(needed.length);
  await api.stop();
}, 90_000);

test('what is uploaded comes there within seconds, once, however many replicas there are; what is erased goes', async () => {
  const [one, other] = await Promise.all([here.start(copying), here.start(copying)]);
  const body = someBytes(9 * MiB);
  const { status, row } = await upload(one, body);
  expect(status).toBe(204);
  const { key: source, video } = await row();
  await untilCopied([source]);
  expect(await copyOf(source)).toMatchObject({ token: 1, content: 'source', sha256: sha256(body) });
  expect((await second.read(source)).equals(body)).toBe(true);
  const deleted = await fetch(`${other.url}/api/v1/videos/${video?.id}`, {
    ...{ method: 'DELETE', headers: { authorization: `Bearer ${key}` } },
  });
  expect(deleted.ok).toBe(true);
  await waitFor(async () => ((await copyOf(source)) === null ? true : undefined), PATIENCE);
  expect(await second.head(source)).toBeUndefined();
  await Promise.all([one.stop(), other.stop()]);
}, 90_000);

test('a copier that is killed in the middle leaves nothing half, and another goes on', async () => {
  const video = await addVideo(here, { state: 'failed' });
  const part = randomBytes(8 * MiB);
  const whole = createHash('sha256');
  const parts = Array.from({ length: 15 }, () => part);
  for (const each of parts) whole.update(each);
  await here.storage.put(video.sourceKey, Readable.from(parts, { objectMode: false }));
  await here.db.video.update({ where: { id: video.id }, data: { sourceBytes: 120 * MiB } });
  const first = await startProcess({ ...here.env, ...copying });
  await waitFor(async () => ((await copyOf(video.sourceKey))?.leaseUntil ? true : undefined), {
    ...PATIENCE,
    interval: 5,
  });
  await first.end('SIGKILL');
  expect(await copyOf(video.sourceKey)).toMatchObject({ state: 'waiting', token: 1 });
  expect(await second.head(video.sourceKey)).toBeUndefined();
  const killedAt = Date.now();
  const api = await here.start(copying);
  await untilCopied([video.sourceKey]);
  // Not while the dead one might still have been at it.
  expect(Date.now() - killedAt).toBeGreaterThan(LEASED_MS - 3_000);
  expect(await copyOf(video.sourceKey)).toMatchObject({ token: 2, attempts: 0, sha256: whole.digest('hex') });
  await api.stop();
}, 120_000);

test('while the second store is away uploads go on and the lag grows; once it is back all comes', async () => {
  const api = await here.start(copying);
  const sources: string[] = [];
  await far.outage('s3', async () => {
    const { status, row } = await upload(api, someBytes(2_000));
    expect(status).toBe(204);
    sources.push((await row()).key);
    await waitFor(async () => ((await here.db.copyTarget.findFirst())?.trouble ? true : undefined), PATIENCE);
    const read = await waitFor(async () => {
      const now = await scrape(api);
      return (now('copy_lag_seconds') ?? 0) > 2 && now('copy_store_up{mode="asynchronous"}') === 0 ? now : undefined;
    }, PATIENCE);
    expect([read('copy_waiting_objects'), read('copy_waiting_bytes'), read('copy_failed_objects')]).toEqual([
      1, 2_000, 0,
    ]);
    const admin = await here.key('admin', here.workspaceId, 'all');
    const page = await fetch(`${api.url}/api/v1/backups`, { headers: { authorization: `Bearer ${admin}` } });
    expect(((await page.json()) as { copies: unknown }).copies).toMatchObject({
      ...{ url: far.storageUrl, synchronous: false, waitingObjects: 1, waitingBytes: 2_000 },
      trouble: expect.stringMatching(/^The second store takes nothing\./) as string,
    });
  });
  await untilCopied(sources);
  await waitFor(async () => ((await here.db.copyTarget.findFirst())?.trouble === null ? true : undefined), PATIENCE);
  expect(await copyOf(sources[0] ?? '')).toMatchObject({ attempts: 0, failure: null });
  await api.stop();
}, 120_000);

test('what is gone from there is found and copied again; what the storage has lost itself is told', async () => {
  const { needed } = await addReady();
  const [gone = '', lost = ''] = needed;
  const first = await here.start(copying);
  await untilCopied(needed);
  await first.stop();
  await second.delete([gone, lost]);
  await here.storage.delete([lost]);
  await here.db.copyTarget.updateMany({ data: { comparedAt: new Date(0) } });
  const api = await here.start(copying);
  await waitFor(
    async () => ((await here.db.copyTarget.findFirst())?.comparedAt?.getTime() ?? 0) > 0 || undefined,
    PATIENCE,
  );
  await untilCopied([gone]);
  expect(await second.head(gone)).toBeDefined();
  await waitFor(async () => ((await copyOf(lost))?.attempts ?? 0) > 0 || undefined, PATIENCE);
  expect(await copyOf(lost)).toMatchObject({ state: 'waiting', failure: 'It is not in the storage.' });
  const read = await waitFor(async () => {
    const now = await scrape(api);
    return now('copy_failed_objects') === 1 ? now : undefined;
  }, PATIENCE);
  expect(read('copy_objects_total{result="lost"}')).toBe(2);
  await api.stop();
  await here.db.objectCopy.delete({ where: { key: lost } });
  await here.db.video.deleteMany({ where: { sourceKey: { in: needed } } });
}, 120_000);

test('an empty store where the other was, such as a disk that is not mounted, is not filled', async () => {
  const sign = 'transcode-copies.json';
  const written = await second.read(sign);
  await second.delete([sign]);
  const api = await here.start(copying);
  const { row } = await upload(api, someBytes(1_000));
  await waitFor(async () => ((await here.db.copyTarget.findFirst())?.trouble ? true : undefined), PATIENCE);
  expect((await here.db.copyTarget.findFirst())?.trouble).toMatch(/is not what it was/);
  const { key: source } = await row();
  expect(await second.head(source)).toBeUndefined();
  await api.stop();
  await second.put(sign, written);
  const again = await here.start(copying);
  await untilCopied([source]);
  await again.stop();
}, 90_000);

test('synchronous: an upload is called complete once its copy is there, and not while the store is away', async () => {
  const api = await here.start({ ...copying, COPY_MODE: 'synchronous' });
  const body = someBytes(9 * MiB);
  const acknowledged = await upload(api, body);
  expect(acknowledged.status).toBe(204);
  // At this very moment.
  expect((await second.read((await acknowledged.row()).key)).equals(body)).toBe(true);
  let path = '';
  let pending: (() => Promise<Row>) | undefined;
  const client = tus(api, key);
  await far.outage('s3', async () => {
    const late = someBytes(3_000);
    path = await client.begin(late.length);
    const answer = await client.patch(path, 0, late);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await answer.json()).toMatchObject({ code: 'upload_copy_pending', retryable: true });
    // Clients take any other refusal for the end of the upload.
    expect((await client.head(path)).status).toBe(423);
    const id = path.slice(path.lastIndexOf('/') + 1);
    pending = () => here.db.upload.findUniqueOrThrow({ where: { id }, include: { video: true } });
    expect(await pending()).toMatchObject({ state: 'receiving', offset: 3_000n, video: { state: 'uploading' } });
    expect((await scrape(api))('copy_store_up{mode="synchronous"}')).toBeDefined();
  });
  // Nobody sends anything again.
  await waitFor(async () => ((await pending?.())?.state === 'complete' ? true : undefined), PATIENCE);
  expect(await client.offset(path)).toBe(3_000);
  const row = await pending?.();
  expect(row?.video?.state).toBe('processing');
  expect(await second.head(row?.key ?? '')).toMatchObject({ bytes: 3_000 });
  await api.stop();
}, 120_000);
