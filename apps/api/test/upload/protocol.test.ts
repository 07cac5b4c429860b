import { createHash } from 'node:crypto';
import { Problem } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { rawRequest } from '../raw-request.ts';
import { CUT } from '../slow-request.ts';
import { ABSENT, digest, encodeMetadata, idOf, MiB, someBytes, storedDigest, tus } from '../tus.ts';
import type { TusClient } from '../tus.ts';

const MAX = 50_000_000;
const sha1 = (bytes: Uint8Array): string => `sha1 ${createHash('sha1').update(bytes).digest('base64')}`;

let here: Installation;
let api: RunningApi;
let key: string;
let client: TusClient;

beforeAll(async () => {
  here = await install();
  api = await here.start({ UPLOAD_MAX_BYTES: String(MAX) });
  key = await here.key('editor');
  client = tus(api, key);
});
afterAll(() => here.dispose());

async function refusal(response: Response): Promise<[status: number, code: string]> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('tus-resumable')).toBe('1.0.0');
  const problem = Problem.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.requestId).toBe(response.headers.get('x-request-id'));
  expect(problem.detail).toMatch(/^[A-Z].*\.$/);
  return [response.status, problem.code];
}

describe('what it can', () => {
  test('OPTIONS tells the version, the extensions, the checksums and the limit, to anybody', async () => {
    const response = await fetch(`${api.url}/api/uploads`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('tus-version')).toBe('1.0.0');
    expect(response.headers.get('tus-max-size')).toBe(String(MAX));
    expect(response.headers.get('tus-extension')?.split(',').toSorted()).toEqual(
      ['checksum', 'creation', 'creation-with-upload', 'expiration', 'termination'].toSorted(),
    );
    expect(response.headers.get('tus-checksum-algorithm')).toBe('sha256,sha1,sha512,md5');
  });

  test('a page of another origin may upload with a key, and reads every header it needs', async () => {
    const preflight = await fetch(`${api.url}/api/uploads`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://else.where',
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,upload-checksum,upload-offset,tus-resumable,content-type',
      },
    });
    const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
    for (const name of ['authorization', 'upload-checksum', 'upload-offset', 'tus-resumable', 'content-type'])
      expect(allowed).toContain(name);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const created = await client.create({ length: 5, metadata: { filename: 'a' } });
    const exposed = created.headers.get('access-control-expose-headers')?.toLowerCase();
    for (const name of ['upload-offset', 'location', 'upload-expires', 'transcode-video-id'])
      expect(exposed).toContain(name);
  });
});

describe('the version', () => {
  test.for([
    ['missing', {}],
    ['older', { 'tus-resumable': '0.2.2' }],
    ['newer', { 'tus-resumable': '2.0.0' }],
  ] satisfies [string, Record<string, string>][])('%s gets 412 and is told ours', async ([, headers]) => {
    for (const method of ['POST', 'HEAD', 'PATCH', 'DELETE']) {
      const response = await fetch(`${api.url}/api/uploads`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'upload-length': '5', ...headers },
      });
      expect([method, response.status, response.headers.get('tus-version')]).toEqual([method, 412, '1.0.0']);
    }
  });
});

describe('creation', () => {
  test('answers 201 with a place, an expiry and the video', async () => {
    const before = Date.now();
    const response = await client.create({ length: 5, metadata: { filename: 'a.mp4' } });
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toMatch(/^\/api\/uploads\/[0-9a-f]{40}$/);
    const expires = new Date(response.headers.get('upload-expires') ?? '').getTime();
    expect(expires).toBeGreaterThan(before + 6 * 24 * 3600 * 1000);
    const videoId = response.headers.get('transcode-video-id') ?? '';
    expect(await here.db.video.findUniqueOrThrow({ where: { id: videoId } })).toMatchObject({ state: 'uploading' });
  });

  test('with the first bytes in it', async () => {
    const bytes = someBytes(1_000);
    const response = await client.create({
      length: 1_000,
      metadata: { filename: 'a.mp4' },
      body: bytes.subarray(0, 400),
    });
    expect([response.status, response.headers.get('upload-offset')]).toEqual([201, '400']);
    const path = response.headers.get('location') ?? '';
    expect((await client.patch(path, 400, bytes.subarray(400))).status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test('with all of its bytes in it, which finishes it', async () => {
    const bytes = someBytes(1_000);
    const response = await client.create({ length: 1_000, metadata: { filename: 'a.mp4' }, body: bytes });
    expect([response.status, response.headers.get('upload-offset')]).toEqual([201, '1000']);
    const path = response.headers.get('location') ?? '';
    expect(await storedDigest(here, path)).toBe(digest(bytes));
    expect(await here.db.upload.findUniqueOrThrow({ where: { id: idOf(path) } })).toMatchObject({ state: 'complete' });
  });

  test('with more bytes in it than it announces gets 413', async () => {
    const response = await client.create({ length: 5, metadata: { filename: 'a.mp4' }, body: someBytes(6) });
    expect(await refusal(response)).toEqual([413, 'payload_too_large']);
  });

  test.for([
    ['without a length', {}, 400, 'bad_request'],
    ['with a length to be told later', { 'upload-defer-length': '1' }, 400, 'bad_request'],
    ['of a concatenation', { 'upload-length': '5', 'upload-concat': 'partial' }, 400, 'bad_request'],
    ['with a negative length', { 'upload-length': '-1' }, 400, 'bad_request'],
    ['with a length that is no number', { 'upload-length': '5x' }, 400, 'bad_request'],
    ['with a length that is no integer', { 'upload-length': '5.5' }, 400, 'bad_request'],
    ['of a file above the limit', { 'upload-length': String(MAX + 1) }, 413, 'payload_too_large'],
    ['of a file beyond all numbers', { 'upload-length': '9007199254740993000' }, 413, 'payload_too_large'],
    ['of an empty file', { 'upload-length': '0' }, 422, 'source_empty'],
  ] satisfies [string, Record<string, string>, number, string][])(
    '%s is refused and leaves nothing',
    async ([, headers, status, code]) => {
      const before = await here.db.upload.count();
      const response = await client.create({ metadata: { filename: 'a.mp4' }, headers });
      expect(await refusal(response)).toEqual([status, code]);
      expect(await here.db.upload.count()).toBe(before);
    },
  );
});

const place = (response: Response): string | null => response.headers.get('location');

describe('a creation that is asked for again', () => {
  const metadata = { filename: 'a.mp4', idempotencyKey: '0123456789abcdef' };

  test('finds the upload that is there, with what has come of it', async () => {
    const first = await client.create({ length: 10, metadata });
    await client.patch(place(first) ?? '', 0, someBytes(4));
    const again = await client.create({ length: 10, metadata });
    expect([again.status, place(again)]).toEqual([201, place(first)]);
    expect(again.headers.get('transcode-video-id')).toBe(first.headers.get('transcode-video-id'));
    expect(await client.offset(place(again) ?? '')).toBe(4);
    expect(await refusal(await client.create({ length: 10, metadata, body: someBytes(10) }))).toEqual([
      409,
      'conflict',
    ]);
    expect(await client.offset(place(again) ?? '')).toBe(4);
  });

  test('ten at once make one', async () => {
    const same = { ...metadata, idempotencyKey: 'fedcba9876543210' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.create({ length: 10, metadata: same })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(place)).size).toBe(1);
  });

  test('for something else, or after it was taken back, is told', async () => {
    expect(await refusal(await client.create({ length: 11, metadata }))).toEqual([409, 'conflict']);
    const taken = { ...metadata, idempotencyKey: 'aaaabbbbccccdddd' };
    await client.remove(await client.begin(10, taken));
    expect(await refusal(await client.create({ length: 10, metadata: taken }))).toEqual([410, 'upload_canceled']);
    const short = { ...metadata, idempotencyKey: 'short' };
    expect(await refusal(await client.create({ length: 10, metadata: short }))).toEqual([
      400,
      'upload_metadata_invalid',
    ]);
  });

  test('by somebody else makes another', async () => {
    const other = tus(api, await here.key('editor'));
    const [mine, theirs] = [
      await client.create({ length: 10, metadata }),
      await other.create({ length: 10, metadata }),
    ];
    expect(place(theirs)).not.toBe(place(mine));
  });
});

describe('metadata', () => {
  test.for([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\clip.mov', 'clip.mov'],
    ['-i.mp4', '-i.mp4'],
    ['..', '..'],
    ['🎬 Ünïcödé 映画.mkv', '🎬 Ünïcödé 映画.mkv'],
    ['a\'b"c$(d);e&f|g<h>.mp4', 'a\'b"c$(d);e&f|g<h>.mp4'],
    [' padded.mp4 ', 'padded.mp4'],
    [`${'x'.repeat(246)}.mp4`, `${'x'.repeat(246)}.mp4`],
    [`${'x'.repeat(251)}.mp4`, `${'x'.repeat(245)}….mp4`],
  ] satisfies [string, string][])('the name %j is kept as %j and is part of no path', async ([sent, kept]) => {
    expect(await namesOf(sent)).toEqual({ fileName: kept, title: kept });
  });

  test('title, preset and priority are taken, and HEAD gives back what was sent', async () => {
    const metadata = { filename: 'a.mp4', title: 'Ein Titel', preset: 'web', priority: 'high', filetype: 'video/mp4' };
    const path = await client.begin(5, metadata);
    const head = await client.head(path);
    expect(head.headers.get('upload-metadata')).toBe(encodeMetadata(metadata));
    const row = await here.db.upload.findUniqueOrThrow({ where: { id: idOf(path) }, include: { video: true } });
    expect(row.video).toMatchObject({ title: 'Ein Titel', preset: 'web' });
  });

  const invalid = [400, 'upload_metadata_invalid'] as const;
  test.for([
    ['none at all', undefined, invalid],
    ['no name', encodeMetadata({ filetype: 'video/mp4' }), invalid],
    ['an empty name', 'filename', invalid],
    ['a name of blanks', encodeMetadata({ filename: '   ' }), invalid],
    ['a path without a name', encodeMetadata({ filename: 'folder/' }), invalid],
    ['a name of two lines', encodeMetadata({ filename: 'a\nb.mp4' }), invalid],
    ['a name with a NUL', encodeMetadata({ filename: 'a\0b.mp4' }), invalid],
    ['a title that is too long', encodeMetadata({ filename: 'a.mp4', title: 'x'.repeat(251) }), invalid],
    ['a value of 10 kB', encodeMetadata({ filename: 'a.mp4', comment: 'x'.repeat(10_000) }), invalid],
    ['bytes that are no text', `filename ${Buffer.from([0xff, 0xfe, 0x41]).toString('base64')}`, invalid],
    ['a preset that is not there', encodeMetadata({ filename: 'a.mp4', preset: 'no-such' }), invalid],
    ['a priority that is none', encodeMetadata({ filename: 'a.mp4', priority: 'urgent' }), invalid],
    ['a workspace that is none', encodeMetadata({ filename: 'a.mp4', workspaceId: 'x' }), invalid],
    ['what is not Base64', 'filename a.mp4', [400, 'bad_request']],
    ['one name twice', 'filename YQ==,filename Yg==', [400, 'bad_request']],
    ['an attack on prototypes', '__proto__ YQ==', [400, 'bad_request']],
  ] satisfies [string, string | undefined, readonly [number, string]][])(
    '%s is refused with the reason',
    async ([, metadata, expected]) => {
      const before = await here.db.upload.count();
      const headers = metadata === undefined ? {} : { 'upload-metadata': metadata };
      const response = await client.create({ length: 5, headers });
      expect(await refusal(response)).toEqual(expected);
      expect(await here.db.upload.count()).toBe(before);
    },
  );

  test('of another workspace than one may see is refused', async () => {
    const workspaceId = await here.workspace();
    const response = await client.create({ length: 5, metadata: { filename: 'a.mp4', workspaceId } });
    expect(await refusal(response)).toEqual([400, 'upload_metadata_invalid']);
  });
});

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

describe('an upload that is over', () => {
  test('whole: HEAD says so, PATCH has nothing to add, DELETE points to the video', async () => {
    const bytes = someBytes(10);
    const path = await client.begin(10);
    await client.patch(path, 0, bytes);
    const head = await client.head(path);
    expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([
      200,
      '10',
      '10',
    ]);
    expect(head.headers.get('upload-expires')).toBeNull();
    expect(head.headers.get('cache-control')).toBe('no-store');
    expect(await refusal(await client.patch(path, 0, bytes))).toEqual([409, 'conflict']);
    expect((await client.patch(path, 10, someBytes(0))).status).toBe(204);
    expect(await refusal(await client.patch(path, 10, someBytes(1)))).toEqual([413, 'payload_too_large']);
    expect(await refusal(await client.remove(path))).toEqual([409, 'conflict']);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
    expect(await here.db.job.count({ where: { video: { uploadId: idOf(path) } } })).toBe(1);
  });

  test('taken back: it is gone, its bytes too, and its video is canceled', async () => {
    const path = await client.begin(10);
    await client.patch(path, 0, someBytes(4));
    expect((await client.remove(path)).status).toBe(204);
    expect((await client.head(path)).status).toBe(410);
    expect(await refusal(await client.patch(path, 4, someBytes(6)))).toEqual([410, 'upload_canceled']);
    expect(await refusal(await client.remove(path))).toEqual([410, 'upload_canceled']);
    const row = await here.db.upload.findUniqueOrThrow({ where: { id: idOf(path) }, include: { video: true } });
    expect([row.state, row.video?.state]).toEqual(['canceled', 'canceled']);
    expect(await here.storage.growing(row.key, { expectedBytes: 10 }).size()).toBe(0);
  });

  test('taken back while it is being written to: the writer is stopped', async () => {
    const path = await client.begin(1_000);
    const writer = client.slowPatch(path, 0, 1_000);
    await writer.write(someBytes(500));
    await waitFor(() => here.db.uploadLock.findUnique({ where: { uploadId: idOf(path) } }));
    expect((await client.remove(path)).status).toBe(204);
    await expect(writer.answer).rejects.toThrow(CUT);
    expect((await client.head(path)).status).toBe(410);
  });

  test('too late: HEAD and PATCH get 410 at once, and the bytes are swept away', async () => {
    const path = await client.begin(10);
    await client.patch(path, 0, someBytes(4));
    await here.db.upload.update({ where: { id: idOf(path) }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect((await client.head(path)).status).toBe(410);
    expect(await refusal(await client.patch(path, 4, someBytes(6)))).toEqual([410, 'upload_expired']);
    const row = await waitFor(() =>
      here.db.upload.findFirst({ where: { id: idOf(path), state: 'expired' }, include: { video: true } }),
    );
    expect(row.video).toMatchObject({ state: 'canceled', failureCode: 'upload_expired' });
    await waitFor(async () => (await here.storage.growing(row.key, { expectedBytes: 10 }).size()) === 0);
    expect((await client.head(path)).status).toBe(410);
  });
});

describe('who is nobody', () => {
  test('without a key gets 401 and an allowed way in', async () => {
    const response = await fetch(`${api.url}/api/uploads`, {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '5', 'upload-metadata': 'filename YQ==' },
    });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refusal(response)).toEqual([401, 'unauthenticated']);
  });

  test('with a key that only looks gets 403', async () => {
    const viewer = tus(api, await here.key('viewer'));
    expect(await refusal(await viewer.create({ length: 5, metadata: { filename: 'a' } }))).toEqual([403, 'forbidden']);
  });

  test('GET and PUT are not taken here, and the answer says what is', async () => {
    const path = await client.begin(10);
    for (const method of ['GET', 'PUT']) {
      const response = await fetch(api.url + path, { method, headers: { authorization: `Bearer ${key}` } });
      expect(response.headers.get('allow')).toBe('OPTIONS, POST, HEAD, PATCH, DELETE');
      expect(await refusal(response)).toEqual([405, 'method_not_allowed']);
    }
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

/** What an upload and its video are called if the file is sent under a name. */
async function namesOf(filename: string): Promise<{ fileName: string; title: string | undefined }> {
  const path = await client.begin(5, { filename });
  const row = await here.db.upload.findUniqueOrThrow({ where: { id: idOf(path) }, include: { video: true } });
  expect(row.key).toBe(`w/${here.workspaceId}/u/${idOf(path)}`);
  return { fileName: row.fileName, title: row.video?.title };
}
