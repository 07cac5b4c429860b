import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { refusal } from '../tus-refusal.ts';
import { digest, encodeMetadata, idOf, someBytes, storedDigest, tus } from '../tus.ts';
import type { TusClient } from '../tus.ts';

const MAX = 50_000_000;

let here: Installation;
let api: RunningApi;
let client: TusClient;

beforeAll(async () => {
  here = await install();
  api = await here.start({ UPLOAD_MAX_BYTES: String(MAX) });
  client = tus(api, await here.key('editor'));
});
afterAll(() => here.dispose());

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

/** What an upload and its video are called if the file is sent under a name. */
async function namesOf(filename: string): Promise<{ fileName: string; title: string | undefined }> {
  const path = await client.begin(5, { filename });
  const row = await here.db.upload.findUniqueOrThrow({ where: { id: idOf(path) }, include: { video: true } });
  expect(row.key).toBe(`w/${here.workspaceId}/u/${idOf(path)}`);
  return { fileName: row.fileName, title: row.video?.title };
}
