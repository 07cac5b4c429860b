import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { rawRequest } from '../raw-request.ts';
import { slowRequest } from '../slow-request.ts';
import { digest, idOf, someBytes, storedDigest, tus } from '../tus.ts';
import type { TusClient } from '../tus.ts';

let here: Installation;
let api: RunningApi;
let client: TusClient;
let own: Record<string, string>;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  const key = await here.key('editor');
  client = tus(api, key);
  own = { authorization: `Bearer ${key}`, 'tus-resumable': '1.0.0' };
});
afterAll(() => here.dispose());

/** So long after it was sent, what a line holds has come. */
const ON_ITS_WAY_MS = 1_000;

const create = (headers: Record<string, string>, body?: Uint8Array): ReturnType<typeof rawRequest> =>
  rawRequest(api.url, 'POST', '/api/uploads', { ...own, ...headers }, body);
const rows = async (): Promise<number[]> => [await here.db.upload.count(), await here.db.video.count()];
const objects = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of here.storage.list('w/')) keys.push(key);
  return keys;
};
const sha1 = (bytes: Uint8Array): string => `sha1 ${createHash('sha1').update(bytes).digest('base64')}`;

describe('on a half-open line', () => {
  test('every byte that came is kept for the client that comes back, however few', async () => {
    const bytes = someBytes(900_000);
    const path = await client.begin(bytes.length);
    let offset = 0;
    while (offset < bytes.length - 100_000) {
      const writer = client.slowPatch(path, offset, bytes.length - offset);
      const came = offset + 300_000;
      await writer.write(bytes.subarray(offset, came));
      await waitFor(() => here.db.uploadLock.findUnique({ where: { uploadId: idOf(path) } }));
      await delay(ON_ITS_WAY_MS);
      // It says nothing any more, and nobody tells the server that it is gone.
      const kept = await client.offset(path);
      expect(kept).toBe(came);
      writer.cut();
      offset = kept;
      if (offset === bytes.length) break;
    }
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });
});

const headers = (length: number): Record<string, string> => ({
  'upload-length': '1000',
  'upload-metadata': 'filename YQ==',
  'content-type': 'application/offset+octet-stream',
  'content-length': String(length),
});

describe('a creation with bytes that comes to nothing leaves nothing behind', () => {
  test('with a wrong checksum', async () => {
    const [before, stored] = [await rows(), await objects()];
    const bytes = someBytes(1000);
    const answer = await create({ ...headers(1000), 'upload-checksum': sha1(someBytes(1000)) }, bytes);
    expect(answer.status).toBe(460);
    expect(await rows()).toEqual(before);
    expect(await objects()).toEqual(stored);
    expect((await create({ ...headers(1000), 'upload-checksum': sha1(bytes) }, bytes)).status).toBe(201);
  });

  test('with more than it announces', async () => {
    const before = await rows();
    const { 'content-length': _none, ...rest } = headers(0);
    expect((await create({ ...rest, 'transfer-encoding': 'chunked' }, someBytes(1001))).status).toBe(413);
    expect((await create(headers(1001), someBytes(1001))).status).toBe(413);
    expect(await rows()).toEqual(before);
  });

  test('on a line that breaks, unless its client has named it', async () => {
    const before = await rows();
    const broken = async (metadata: string): Promise<void> => {
      const [uploads = 0] = await rows();
      const sending = slowRequest('POST', `${api.url}/api/uploads`, {
        ...own,
        ...headers(1000),
        'upload-metadata': metadata,
      });
      await sending.write(someBytes(300));
      await waitFor(async () => (await rows())[0] === uploads + 1);
      await delay(ON_ITS_WAY_MS);
      sending.cut();
    };
    await broken('filename YQ==');
    await waitFor(async () => (await rows())[0] === before[0]);
    expect(await rows()).toEqual(before);

    const idempotencyKey = Buffer.from('0123456789abcdef').toString('base64');
    await broken(`filename YQ==,idempotencyKey ${idempotencyKey}`);
    const row = await waitFor(() => here.db.upload.findFirst({ where: { state: 'receiving', offset: 300 } }));
    expect(await client.offset(`/api/uploads/${row.id}`)).toBe(300);
  });
});

describe('what clients are used to is taken', () => {
  test.for(['Application/Offset+Octet-Stream', 'application/offset+octet-stream; charset=binary'])(
    'the type %s',
    async (type) => {
      const bytes = someBytes(10);
      const path = await client.begin(10);
      expect((await client.patch(path, 0, bytes.subarray(0, 5), { 'content-type': type })).status).toBe(204);
      const made = await create(
        { 'upload-length': '10', 'upload-metadata': 'filename YQ==', 'content-type': type, 'content-length': '10' },
        bytes,
      );
      expect([made.status, made.headers['upload-offset']]).toEqual([201, '10']);
    },
  );

  test.for(['filename YS5tcDQ=, title Yg==', ' filename YS5tcDQ= ,\ttitle  Yg==,'])(
    'the metadata %j',
    async (metadata) => {
      const made = await create({ 'upload-length': '10', 'upload-metadata': metadata });
      expect(made.status).toBe(201);
      const path = made.headers.location ?? '';
      const row = await here.db.upload.findUniqueOrThrow({ where: { id: idOf(path) }, include: { video: true } });
      expect([row.fileName, row.video?.title]).toEqual(['a.mp4', 'b']);
      expect((await client.head(path)).headers.get('upload-metadata')).toBe(metadata.trim());
    },
  );

  test('a request id of their own, from a page elsewhere', async () => {
    const preflight = await rawRequest(api.url, 'OPTIONS', '/api/uploads', {
      origin: 'https://else.where',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-request-id',
    });
    expect(String(preflight.headers['access-control-allow-headers']).toLowerCase().split(', ')).toContain(
      'x-request-id',
    );
  });
});

test.for(['99999999999999999999999999', '9007199254740993'])('a length of %s is too large', async (length) => {
  const answer = await create({ 'upload-length': length, 'upload-metadata': 'filename YQ==' });
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    413,
    expect.objectContaining({ code: 'payload_too_large' }),
  ]);
});
