import { GRANT_MS } from '@transcode/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { publishVideo } from '../published-video.ts';
import type { PublishedVideo } from '../published-video.ts';
import { folderOf } from './folder-of.ts';
import { refusal } from './refusal.ts';

let here: Installation;
let video: PublishedVideo;
let base: string;

beforeAll(async () => {
  here = await install();
  const api = await here.start();
  const key = await here.key('editor');
  video = await publishVideo(here);
  base = await folderOf(api.url, key, video.videoId);
});
afterAll(() => here.dispose());

const get = (name: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${base}/${name}`, { headers });
async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}
function fileNamed(name: string): Buffer {
  const file = video.files.get(name);
  if (file === undefined) throw new Error(`There is no ${name}.`);
  return file;
}

describe('each file', () => {
  test.for([
    ['master.m3u8', 'application/vnd.apple.mpegurl', 5],
    ['v720/index.m3u8', 'application/vnd.apple.mpegurl', 5],
    ['manifest.mpd', 'application/dash+xml', 5],
    ['v720/0-1/init.mp4', 'video/mp4', GRANT_MS / 1000],
    ['v720/0-1/0.m4s', 'video/mp4', GRANT_MS / 1000],
    ['a-eng/0-2/0.m4s', 'audio/mp4', GRANT_MS / 1000],
    ['poster.jpg', 'image/jpeg', GRANT_MS / 1000],
    ['storyboard.vtt', 'text/vtt; charset=utf-8', GRANT_MS / 1000],
  ] satisfies [string, string, number][])('%s has its bytes, type and caching', async ([name, type, maxAge]) => {
    const response = await get(name);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('content-length')).toBe(String(fileNamed(name).length));
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const caching = response.headers.get('cache-control') ?? '';
    expect(caching).toMatch(new RegExp(`^private, max-age=${maxAge}(, immutable)?$`));
    expect((await bytesOf(response)).equals(fileNamed(name))).toBe(true);
  });

  test('is told of by HEAD without its bytes', async () => {
    const response = await fetch(`${base}/v720/0-1/0.m4s`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('1000');
    expect((await bytesOf(response)).length).toBe(0);
  });

  test('is not sent again to who has it', async () => {
    const etag = (await get('poster.jpg')).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    for (const match of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const response = await get('poster.jpg', { 'if-none-match': match });
      expect([match, response.status]).toEqual([match, 304]);
      expect(response.headers.get('etag')).toBe(etag);
    }
    expect((await get('poster.jpg', { 'if-none-match': '"x"' })).status).toBe(200);
    expect((await get('v720/0-1/0.m4s')).headers.get('etag')).not.toBe(etag);
  });
});

describe('ranges', () => {
  const name = 'v720/0-1/0.m4s';
  test.for([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=990-', 990, 999],
    ['bytes=-10', 990, 999],
    ['bytes=-5000', 0, 999],
    ['bytes=500-5000', 500, 999],
  ] satisfies [string, number, number][])('%s', async ([range, start, end]) => {
    const response = await get(name, { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/1000`);
    expect(response.headers.get('content-length')).toBe(String(end - start + 1));
    expect((await bytesOf(response)).equals(fileNamed(name).subarray(start, end + 1))).toBe(true);
  });

  test.for(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0', 'bytes=99999999999999999999-'])(
    '%s lies outside and gets 416',
    async (range) => {
      const response = await get(name, { range });
      expect(response.headers.get('content-range')).toBe('bytes */1000');
      expect(response.headers.get('etag')).toBeNull();
      expect(await refusal(response)).toEqual([416, 'range_not_satisfiable']);
    },
  );

  test.for(['bytes=0-1,5-6', 'bytes=5-1', 'bytes=-', 'bytes=a-b', 'items=0-1', 'bytes', ''])(
    '%j is answered with the whole',
    async (range) => {
      const response = await get(name, { range });
      expect([response.status, (await bytesOf(response)).length]).toEqual([200, 1000]);
    },
  );

  test('are for the file that the client has begun with, or else it gets the whole', async () => {
    const etag = (await get(name)).headers.get('etag') ?? '';
    expect((await get(name, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await get(name, { range: 'bytes=0-9', 'if-range': '"older"' })).status).toBe(200);
  });
});

describe('pages of other sites', () => {
  test('may ask for ranges and read what they need', async () => {
    const preflight = await fetch(`${base}/v720/0-1/0.m4s`, {
      method: 'OPTIONS',
      headers: { origin: 'https://else.where', 'access-control-request-headers': 'range' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Range');
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS');
    const response = await get('master.m3u8', { origin: 'https://else.where' });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-expose-headers')).toContain('Content-Range');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  test('change nothing here', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const response = await fetch(`${base}/master.m3u8`, { method });
      expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
      expect(await refusal(response)).toEqual([405, 'method_not_allowed']);
    }
  });
});

test('a chunk that an earlier job of the video made is found under its name', async () => {
  const earlier = crypto.randomUUID();
  const folder = video.prefix.slice(0, video.prefix.lastIndexOf('/'));
  await here.storage.put(`${folder}/${earlier}/v720/4-2/0.m4s`, Buffer.from('kept'));
  const response = await fetch(`${base}/v720/4-2@${earlier}/0.m4s`);
  expect([response.status, await response.text()]).toEqual([200, 'kept']);
});
