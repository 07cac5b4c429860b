import { Readable } from 'node:stream';
import type { Upload } from '@transcode/db';
import { createEvents, createQueues } from '@transcode/queue';
import type { EventStream, Queues } from '@transcode/queue';
import { createLogger } from '@transcode/telemetry';
import { startStack } from '@transcode/testing';
import type { Stack } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finishReceivedUploads, sweepUploads } from '../../src/upload/index.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { addVideo } from '../videos.ts';

const BYTES = Buffer.from('all that was announced');
const LONG_AGO = new Date(Date.now() - 3_600_000);

let stack: Stack;
let here: Installation;
let queues: Queues;
let events: EventStream;

beforeAll(async () => {
  stack = await startStack({ s3: true });
  here = await install({ env: stack.env });
  queues = createQueues({ redisUrl: stack.redisUrl });
  events = createEvents({ redisUrl: stack.redisUrl });
});
afterAll(async () => {
  await Promise.all([queues.close(), events.close()]);
  await here.dispose();
  await stack.dispose();
});

/** What the elected replica does again and again, once. */
const finish = (): Promise<number> => finishReceivedUploads(deps());
const sweep = (): Promise<number> => sweepUploads(deps());
const deps = () => ({
  ...here,
  copier: undefined,
  queues,
  events,
  log: createLogger({ name: 'api', level: 'silent' }),
});

/** An upload as a request leaves it that dies when its last byte is durable. */
async function received(data: Partial<Upload> = {}): Promise<Upload> {
  const id = crypto.randomUUID();
  const { workspaceId } = here;
  const key = `w/${workspaceId}/u/${id}`;
  await here.storage.growing(key, { expectedBytes: BYTES.length }).append(0, Readable.from([BYTES]));
  const row = await here.db.upload.create({
    data: {
      ...{ id, workspaceId, fileName: 'a.mp4', key, size: BYTES.length, offset: BYTES.length },
      ...{ metadata: { sent: '', priority: 'normal' }, expiresAt: data.expiresAt ?? new Date(Date.now() + 3_600_000) },
    },
  });
  await addVideo(here, { state: 'uploading', uploadId: id, sourceKey: key });
  return row;
}

const now = (upload: Upload) =>
  here.db.upload.findUniqueOrThrow({ where: { id: upload.id }, include: { video: { include: { jobs: true } } } });
const stored = (upload: Upload): Promise<number> => here.storage.growing(upload.key, { expectedBytes: 1 }).size();

test('an upload whose request died at its end is finished, once the storage is back', async () => {
  const upload = await received();
  await stack.outage('s3', async () => {
    await expect(finish()).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
  expect(await now(upload)).toMatchObject({ state: 'receiving', video: { state: 'uploading', jobs: [] } });
  expect(await finish()).toBe(1);
  expect(await now(upload)).toMatchObject({
    state: 'complete',
    video: { state: 'processing', jobs: [{ state: 'queued' }] },
  });
  expect(await here.storage.read(upload.key)).toEqual(BYTES);
  expect(await finish()).toBe(0);
});

test('an upload that expires while the storage is away has ended at once, and its bytes go afterwards', async () => {
  const upload = await received({ expiresAt: LONG_AGO });
  await stack.outage('s3', async () => {
    await sweep();
    expect(await now(upload)).toMatchObject({ state: 'expired', sweptAt: null, video: { state: 'canceled' } });
  });
  expect(await stored(upload)).toBe(BYTES.length);
  await sweep();
  expect(await stored(upload)).toBe(0);
  expect((await now(upload)).sweptAt).not.toBeNull();
});

test('an upload that expires ends with its video, or not yet', async () => {
  const upload = await received({ expiresAt: LONG_AGO });
  await here.db.$executeRaw`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$`;
  await here.db.$executeRaw`CREATE TRIGGER refuse BEFORE UPDATE ON "Video" FOR EACH ROW EXECUTE FUNCTION refuse()`;
  try {
    expect(await sweep()).toBe(0);
    expect(await now(upload)).toMatchObject({ state: 'receiving', video: { state: 'uploading' } });
  } finally {
    await here.db.$executeRaw`DROP FUNCTION refuse CASCADE`;
  }
  await sweep();
  expect(await now(upload)).toMatchObject({ state: 'expired', video: { state: 'canceled' } });
});

test('an upload whose video was deleted by a replica that died has no end of its own: it is ended, with the object it had become', async () => {
  const upload = await received();
  await here.storage.growing(upload.key, { expectedBytes: BYTES.length }).finish();
  await here.db.video.update({ where: { uploadId: upload.id }, data: { state: 'deleted', deletedAt: LONG_AGO } });
  await sweep();
  expect(await now(upload)).toMatchObject({ state: 'canceled', video: { state: 'deleted', jobs: [] } });
  expect(await here.storage.head(upload.key)).toBeUndefined();
});

test('an upload that is whole when its video is deleted begins nothing', async () => {
  const upload = await received();
  await here.db.video.update({ where: { uploadId: upload.id }, data: { state: 'deleted', deletedAt: LONG_AGO } });
  await finish();
  expect(await now(upload)).toMatchObject({ state: 'complete', video: { state: 'deleted', jobs: [] } });
});

const leaseOf = (uploadId: string, ms: number) => ({
  ...{ uploadId, token: 'x', expiresAt: new Date(Date.now() + ms), activeAt: new Date() },
});

test('the lease of a writer that died is gone soon after it ran out; one that holds stays', async () => {
  await here.db.uploadLock.createMany({ data: [leaseOf('died', -1_000), leaseOf('writes', 60_000)] });
  await sweep();
  expect(await here.db.uploadLock.findMany({ select: { uploadId: true } })).toEqual([{ uploadId: 'writes' }]);
  await here.db.uploadLock.deleteMany();
});
