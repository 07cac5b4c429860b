import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyObject, openCopyStore, openStorage, type Storage } from '../src/index.ts';
import { startTestS3, type TestS3 } from './s3-server.ts';

let s3: TestS3;
let folder: string;
let from: Storage;
let to: Storage;

beforeAll(async () => {
  [s3, folder] = await Promise.all([startTestS3(), mkdtemp(path.join(tmpdir(), 'copies-'))]);
  [from, to] = [s3.open('first'), s3.open('second')];
});
afterAll(async () => {
  await Promise.all([from.close(), to.close()]);
  await Promise.all([s3.close(), rm(folder, { recursive: true, force: true })]);
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** An object in the first store. */
async function object(bytes: number): Promise<{ key: string; body: Buffer; sha256: string }> {
  const body = randomBytes(bytes);
  const key = `w/${crypto.randomUUID()}`;
  await from.put(key, body);
  return { key, body, sha256: sha256(body) };
}

test.for([0, 1_000, 20 * 1024 ** 2])(
  'an object of %i bytes comes as it is, from S3 to S3 and to files',
  async (bytes) => {
    const { key, body, sha256: digest } = await object(bytes);
    const files = openStorage(pathToFileURL(folder).href, { reserveBytes: 0 });
    for (const store of [to, files]) {
      const expected = { bytes, sha256: digest };
      expect(await copyObject(key, { from, to: store, expected })).toEqual({ bytes, sha256: digest });
      expect((await store.read(key)).equals(body)).toBe(true);
    }
  },
);

test('one that is there already counts where it is the same, and is put again where it is another', async () => {
  const { key, body, sha256: digest } = await object(3_000);
  await to.put(key, body);
  expect(await copyObject(key, { from, to })).toEqual({ bytes: 3_000, sha256: digest });
  await to.delete([key]);
  await to.put(key, randomBytes(3_000));
  expect(await copyObject(key, { from, to })).toEqual({ bytes: 3_000, sha256: digest });
  expect((await to.read(key)).equals(body)).toBe(true);
});

test('what is not as it was written is refused, and nothing of it stays', async () => {
  const { key } = await object(3_000);
  await expect(copyObject(key, { from, to, expected: { bytes: 2_999 } })).rejects.toThrow(/3000 bytes.*2999 were/);
  await expect(copyObject(key, { from, to, expected: { sha256: '0'.repeat(64) } })).rejects.toThrow(/checksum/);
  expect(await to.head(key)).toBeUndefined();
  await expect(copyObject('w/nothing', { from, to })).rejects.toMatchObject({ code: 'not_found' });
});

test('a source that breaks off leaves nothing', async () => {
  const { key, body } = await object(20 * 1024 ** 2);
  const breaking: Pick<Storage, 'get' | 'head'> = {
    head: (asked) => from.head(asked),
    get: () => Promise.resolve(Readable.from(halfOf(body), { objectMode: false })),
  };
  await expect(copyObject(key, { from: breaking, to })).rejects.toThrow(/broke off/);
  expect(await to.head(key)).toBeUndefined();
});

async function* halfOf(body: Buffer): AsyncGenerator<Buffer> {
  yield body.subarray(0, body.length / 2);
  await Promise.reject(new Error('the line was cut'));
}

test('a store that is the storage itself is refused, and one of another server is not', async () => {
  const url = `s3://bucket/media`;
  const settings = { STORAGE_URL: url, COPY_S3_ENDPOINT: undefined, S3_ENDPOINT: undefined, ...NOTHING };
  expect(() => openCopyStore(`${url}/`, settings)).toThrow(/the storage itself/);
  const other = openCopyStore(url, { ...settings, COPY_S3_ENDPOINT: s3.server.url });
  await other.close();
});

const NOTHING = {
  ...{ COPY_S3_REGION: undefined, COPY_S3_ACCESS_KEY_ID: 'a', COPY_S3_SECRET_ACCESS_KEY: 'b', S3_TAG_SOURCES: false },
  ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
  ...{ AWS_SESSION_TOKEN: undefined, DISK_RESERVE_MIB: undefined },
};
