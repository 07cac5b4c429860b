import { createHash } from 'node:crypto';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { rawRequest } from '../raw-request.ts';
import { refusal } from '../tus-refusal.ts';
import { ABSENT, digest, idOf, MiB, someBytes, storedDigest, tus } from '../tus.ts';
import type { TusClient } from '../tus.ts';

const sha1 = (bytes: Uint8Array): string => `sha1 ${createHash('sha1').update(bytes).digest('base64')}`;

let here: Installation;
let api: RunningApi;
let key: string;
let client: TusClient;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  key = await here.key('editor');
  client = tus(api, key);
});
afterAll(() => here.dispose());

describe('PATCH', () => {
  test('at another offset than where it is gets 409 and changes nothing', async () => {
    const path = await client.begin(10);
    await client.patch(path, 0, someBytes(4));
    for (const offset of [0, 3, 5, 11])
      expect(await refusal(await client.patch(path, offset, someBytes(5)))).toEqual([409, 'conflict']);
    expect(await client.offset(path)).toBe(4);
  });

  test.for([
    ['without a type', { 'content-type': ABSENT }, 415, 'unsupported_media_type'],
    ['of another type', { 'content-type': 'application/octet-stream' }, 415, 'unsupported_media_type'],
    ['without an offset', { 'upload-offset': ABSENT }, 400, 'bad_request'],
    ['with an offset that is none', { 'upload-offset': '0x0' }, 400, 'bad_request'],
    ['with a negative offset', { 'upload-offset': '-0' }, 400, 'bad_request'],
  ] satisfies [string, Record<string, string>, number, string][])(
    '%s is refused and changes nothing',
    async ([, headers, status, code]) => {
      const path = await client.begin(10);
      expect(await refusal(await client.patch(path, 0, someBytes(5), headers))).toEqual([status, code]);
      expect(await client.offset(path)).toBe(0);
    },
  );

  test('longer than what is left gets 413 and changes nothing', async () => {
    const path = await client.begin(10);
    await client.patch(path, 0, someBytes(4));
    expect(await refusal(await client.patch(path, 4, someBytes(7)))).toEqual([413, 'payload_too_large']);
    expect(await client.offset(path)).toBe(4);
  });

  test('of unknown length is taken, and refused with 413 once it is longer than what is left', async () => {
    const bytes = someBytes(300_000);
    const path = await client.begin(bytes.length);
    const sent = await chunked(path, 0, bytes.subarray(0, 200_000));
    expect([sent.status, sent.headers['upload-offset']]).toEqual([204, '200000']);
    expect((await chunked(path, 200_000, someBytes(100_001))).status).toBe(413);
    expect(await client.offset(path)).toBe(200_000);
    expect((await chunked(path, 200_000, bytes.subarray(200_000))).status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test('of unknown length whose line breaks keeps what came', async () => {
    const bytes = someBytes(3 * MiB);
    const path = await client.begin(bytes.length);
    const writer = client.slowPatch(path, 0, undefined);
    await writer.write(bytes.subarray(0, 2 * MiB + 5));
    const { key: object } = await here.db.upload.findUniqueOrThrow({ where: { id: idOf(path) } });
    const stored = await waitFor(() =>
      here.storage
        .growing(object, { expectedBytes: 1 })
        .size()
        .then((size) => size > 0 && size),
    );
    writer.cut();
    const kept = await client.offset(path);
    expect(kept).toBeGreaterThanOrEqual(stored);
    expect((await client.patch(path, kept, bytes.subarray(kept))).status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test('of nothing answers where it is', async () => {
    const path = await client.begin(10);
    await client.patch(path, 0, someBytes(4));
    const response = await client.patch(path, 4, someBytes(0));
    expect([response.status, response.headers.get('upload-offset')]).toEqual([204, '4']);
  });

  test('of an upload that never was gets 404', async () => {
    for (const id of ['0'.repeat(40), '..', '%2e%2e%2f', 'a'.repeat(1_900), '%00', '%']) {
      const response = await rawRequest(api.url, 'PATCH', `/api/uploads/${id}`, {
        authorization: `Bearer ${key}`,
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
        'content-length': '0',
      });
      expect([id, [400, 404].includes(response.status)]).toEqual([id, true]);
      expect(response.headers['content-type']).toBe('application/problem+json');
    }
  });

  test('says until when the upload lives, and each byte lengthens that', async () => {
    const path = await client.begin(10);
    const soon = new Date(Date.now() + 3_600_000);
    await here.db.upload.update({ where: { id: idOf(path) }, data: { expiresAt: soon } });
    const head = await client.head(path);
    expect(new Date(head.headers.get('upload-expires') ?? '').getTime()).toBeLessThanOrEqual(soon.getTime());
    const response = await client.patch(path, 0, someBytes(4));
    expect(new Date(response.headers.get('upload-expires') ?? '').getTime()).toBeGreaterThan(soon.getTime());
  });

  test('through something that lets only GET and POST pass', async () => {
    const bytes = someBytes(10);
    const path = await client.begin(10);
    const response = await fetch(api.url + path, {
      method: 'POST',
      body: bytes,
      headers: {
        authorization: `Bearer ${key}`,
        'tus-resumable': '1.0.0',
        'x-http-method-override': 'PATCH',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
      },
    });
    expect([response.status, response.headers.get('upload-offset')]).toEqual([204, '10']);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test('behind two proxies that each say how they were asked', async () => {
    const path = await client.begin(10);
    const response = await client.patch(path, 0, someBytes(10), { 'x-forwarded-proto': 'https, http' });
    expect(response.status).toBe(204);
  });
});

describe('a checksum', () => {
  test('that is right lets the bytes in', async () => {
    const bytes = someBytes(1_000);
    const path = await client.begin(1_000);
    let offset = 0;
    for (const algorithm of ['sha1', 'sha256', 'sha512', 'md5', 'SHA1']) {
      const part = bytes.subarray(offset, offset + 200);
      const hash = createHash(algorithm).update(part).digest('base64');
      const response = await client.patch(path, offset, part, { 'upload-checksum': `${algorithm} ${hash}` });
      offset += 200;
      expect([algorithm, response.status]).toEqual([algorithm, 204]);
    }
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test('that is wrong gets 460, and the offset stays where it was', async () => {
    const bytes = someBytes(1_000);
    const path = await client.begin(1_000);
    await client.patch(path, 0, bytes.subarray(0, 300));
    const wrong = await client.patch(path, 300, someBytes(700), { 'upload-checksum': sha1(bytes.subarray(300)) });
    expect(await refusal(wrong)).toEqual([460, 'upload_checksum_mismatch']);
    expect(await client.offset(path)).toBe(300);
    const right = await client.patch(path, 300, bytes.subarray(300), { 'upload-checksum': sha1(bytes.subarray(300)) });
    expect(right.status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test('of a body whose line broke counts for nothing: none of it is kept', async () => {
    const bytes = someBytes(1_000);
    const path = await client.begin(1_000);
    await client.patch(path, 0, bytes.subarray(0, 300));
    const writer = client.slowPatch(path, 300, 700, { 'upload-checksum': sha1(bytes.subarray(300)) });
    await writer.write(bytes.subarray(300, 800));
    await waitFor(() => here.db.upload.findFirst({ where: { id: idOf(path), verifyFrom: { not: null } } }));
    writer.cut();
    expect(await client.offset(path)).toBe(300);
    expect((await client.patch(path, 300, bytes.subarray(300))).status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test('at creation too', async () => {
    const bytes = someBytes(100);
    const metadata = { filename: 'a.mp4' };
    const right = { 'upload-checksum': sha1(bytes) };
    expect((await client.create({ length: 100, metadata, body: bytes, headers: right })).status).toBe(201);
    const wrong = await client.create({ length: 100, metadata, body: someBytes(100), headers: right });
    expect(await refusal(wrong)).toEqual([460, 'upload_checksum_mismatch']);
  });

  test.for([
    ['by an unknown algorithm', 'crc32 AAAAAA=='],
    ['that is cut short', 'sha1 AAAA'],
    ['without a value', 'sha1'],
    ['that is not Base64', `sha1 ${'!'.repeat(28)}`],
    ['that is empty', ' '],
  ])('%s gets 400 and changes nothing', async ([, checksum = '']) => {
    const path = await client.begin(10);
    const response = await client.patch(path, 0, someBytes(5), { 'upload-checksum': checksum });
    expect(await refusal(response)).toEqual([400, 'bad_request']);
    expect(await client.offset(path)).toBe(0);
  });
});

/** A PATCH whose length nobody tells. */
function chunked(path: string, offset: number, bytes: Uint8Array): ReturnType<typeof rawRequest> {
  const headers = {
    authorization: `Bearer ${key}`,
    'tus-resumable': '1.0.0',
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(offset),
    'transfer-encoding': 'chunked',
  };
  return rawRequest(api.url, 'PATCH', path, headers, bytes);
}
