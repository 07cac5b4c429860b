import { GRANT_MS, Problem } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Grants } from '../../src/media/grants.ts';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { publishVideo } from '../published-video.ts';
import type { PublishedVideo } from '../published-video.ts';
import { rawRequest } from '../raw-request.ts';

let here: Installation;
let api: RunningApi;
let key: string;
let video: PublishedVideo;
let base: string;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  key = await here.key('editor');
  video = await publishVideo(here);
  base = await folderOf(video.videoId);
});
afterAll(() => here.dispose());

/** The address of a video's published folder, as the API tells it. */
async function folderOf(videoId: string): Promise<string> {
  const response = await fetch(`${api.url}/api/v1/videos/${videoId}`, { headers: { authorization: `Bearer ${key}` } });
  const { playbackUrl }: { playbackUrl: string } = JSON.parse(await response.text());
  expect(playbackUrl).toMatch(/\/master\.m3u8$/);
  return playbackUrl.slice(0, -'/master.m3u8'.length);
}
const get = (name: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${base}/${name}`, { headers });
const grantOf = (ids: { videoId: string; jobId: string }, now?: number): string =>
  new Grants(here.env['GRANT_SECRET'] ?? '').issue(ids, now);
const ask = (grant: string): Promise<Response> => fetch(`${api.url}/media/${grant}/master.m3u8`);
async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}
function fileNamed(name: string): Buffer {
  const file = video.files.get(name);
  if (file === undefined) throw new Error(`There is no ${name}.`);
  return file;
}
async function refusal(response: Response): Promise<[number, string]> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return [response.status, Problem.parse(await response.json()).code];
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

describe('a grant', () => {
  test('that has expired gets 403 and says what to do', async () => {
    const response = await ask(grantOf(video, Date.now() - 2 * GRANT_MS));
    expect(await refusal(response)).toEqual([403, 'grant_expired']);
  });

  test('lasts between six and twelve hours and stays the same for a while, so that caches hold', () => {
    const grants = new Grants(here.env['GRANT_SECRET'] ?? '');
    const now = Date.now();
    const grant = grants.issue(video, now);
    expect(() => grants.read(grant, now + GRANT_MS / 2 - 1)).not.toThrow();
    expect(() => grants.read(grant, now + GRANT_MS + 1)).toThrow('expired');
    const begin = Math.floor(now / (GRANT_MS / 2)) * (GRANT_MS / 2);
    expect(grants.issue(video, begin)).toBe(grants.issue(video, begin + GRANT_MS / 2 - 1));
  });

  test('that was tampered with opens nothing, whichever character it is', async () => {
    const grant = grantOf(video);
    for (let at = 0; at < grant.length - 1; at += 1) {
      const other = grant[at] === 'A' ? 'B' : 'A';
      const response = await ask(grant.slice(0, at) + other + grant.slice(at + 1));
      expect([at, ...(await refusal(response))]).toEqual([at, 404, 'not_found']);
    }
    for (const wrong of ['x', 'a'.repeat(83), grant.slice(1), `${grant}AAAA`, grant.toLowerCase()])
      expect(await refusal(await ask(wrong))).toEqual([404, 'not_found']);
  });

  test('of another secret opens nothing', async () => {
    const forged = new Grants('x'.repeat(32)).issue(video);
    expect(await refusal(await ask(forged))).toEqual([404, 'not_found']);
  });

  test("of one video and another's job opens nothing", async () => {
    const other = await publishVideo(here);
    const mixed = grantOf({ videoId: video.videoId, jobId: other.jobId });
    expect(await refusal(await ask(mixed))).toEqual([404, 'not_found']);
  });

  test('of a job that failed opens nothing', async () => {
    const failed = await publishVideo(here);
    await here.db.job.update({ where: { id: failed.jobId }, data: { state: 'failed' } });
    expect(await refusal(await ask(grantOf(failed)))).toEqual([404, 'not_found']);
  });
});

test('a chunk that an earlier job of the video made is found under its name', async () => {
  const earlier = crypto.randomUUID();
  const folder = video.prefix.slice(0, video.prefix.lastIndexOf('/'));
  await here.storage.put(`${folder}/${earlier}/v720/4-2/0.m4s`, Buffer.from('kept'));
  const response = await fetch(`${base}/v720/4-2@${earlier}/0.m4s`);
  expect([response.status, await response.text()]).toEqual([200, 'kept']);
});

describe('names that lead elsewhere', () => {
  test('open nothing', async () => {
    const other = await publishVideo(here);
    const { pathname } = new URL(base);
    const source = (await here.db.video.findUniqueOrThrow({ where: { id: video.videoId } })).sourceKey;
    await here.storage.put(source, Buffer.from('the source'));
    await here.storage.put(`${video.prefix}/v720/0-9/0.txt`, Buffer.from('not a segment'));
    const outside = other.prefix.slice(other.prefix.lastIndexOf('/v/') + 3);
    for (const name of [
      '',
      '/',
      '..',
      '../master.m3u8',
      'v720/../master.m3u8',
      '%2e%2e/master.m3u8',
      '..%2fmaster.m3u8',
      `../../${outside}/v720/0-1/0.m4s`,
      `..%2F..%2F${encodeURIComponent(outside)}%2Fv720%2F0-1%2F0.m4s`,
      `../../../u/${source.slice(source.lastIndexOf('/') + 1)}`,
      'package/0-3/master.m3u8',
      'v720/0-9/0.txt',
      'v720/0-1/',
      'v720/0-1/0.m4s/',
      'v720//0-1/0.m4s',
      'v720/0-2/0.m4s',
      `v720/0-1@${other.jobId}/0.m4s`,
      'v720/0-1@/0.m4s',
      'v720/0-1@../0.m4s',
      'V720/0-1/0.m4s',
      'v720\\0-1\\0.m4s',
      'v720/0-1/0.m4s%00',
      'v720/0-1/0.m4s%0a',
      'master.m3u8%20',
      '__proto__',
      'constructor',
      '%',
      '%ff',
      'x'.repeat(5_000),
    ]) {
      const response = await rawRequest(api.url, 'GET', `${pathname}/${name}`);
      expect([name, response.status >= 400 && response.status < 500]).toEqual([name, true]);
      expect([name, response.headers['content-type']]).toEqual([name, 'application/problem+json']);
    }
  });

  test('are read as they are meant where they are only written otherwise', async () => {
    const { pathname } = new URL(base);
    const response = await rawRequest(api.url, 'GET', `${pathname}/v720%2F0-1%2Finit%2Emp4?x=1`);
    expect(response.status).toBe(200);
  });
});

describe('a video that is deleted', () => {
  test('is refused here at once or soon, by every replica within five seconds, and its objects are to be erased', async () => {
    const replica = await here.start();
    const gone = await publishVideo(here);
    const folder = await folderOf(gone.videoId);
    const names = ['master.m3u8', 'v720/0-1/0.m4s'];
    const addresses = names.flatMap((name) => [`${folder}/${name}`, `${folder.replace(api.url, replica.url)}/${name}`]);
    for (const address of addresses) expect((await fetch(address)).status).toBe(200);
    const deleted = await fetch(`${api.url}/api/v1/videos/${gone.videoId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${key}` },
    });
    expect(deleted.status).toBe(204);
    const begun = performance.now();
    for (const address of addresses)
      await waitFor(async () => (await fetch(address)).status === 404, { timeout: 8_000 });
    expect(performance.now() - begun).toBeLessThan(5_000);
    const erasing = await here.db.task.findFirstOrThrow({ where: { job: { videoId: gone.videoId }, stage: 'erase' } });
    expect(erasing).toMatchObject({ state: 'queued', class: 'maintenance' });
  });

  test('leaves the one that it was uploaded by without a way on', async () => {
    const { videoId } = await publishVideo(here);
    await fetch(`${api.url}/api/v1/videos/${videoId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${key}` },
    });
    const again = await fetch(`${api.url}/api/v1/videos/${videoId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${key}` },
    });
    expect(again.status).toBe(404);
  });
});
