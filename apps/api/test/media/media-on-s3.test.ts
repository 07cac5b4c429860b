import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { publishVideo } from '../published-video.ts';
import type { PublishedVideo } from '../published-video.ts';

const SEGMENT = 'v720/0-1/0.m4s';

let here: Installation;
let streaming: RunningApi;
let redirecting: RunningApi;
let video: PublishedVideo;
let folder: string;

beforeAll(async () => {
  here = await install({ storage: 's3' });
  [streaming, redirecting] = await Promise.all([here.start(), here.start({ MEDIA_REDIRECT: 'true' })]);
  video = await publishVideo(here);
  const response = await fetch(`${streaming.url}/api/v1/videos/${video.videoId}`, {
    headers: { authorization: `Bearer ${await here.key('viewer')}` },
  });
  const { playbackUrl }: { playbackUrl: string } = JSON.parse(await response.text());
  folder = new URL('.', playbackUrl).pathname;
});
afterAll(() => here.dispose());

const get = (api: RunningApi, name: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${api.url}${folder}${name}`, { redirect: 'manual', ...init });
async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

describe('streaming', () => {
  test('every file comes through the API', async () => {
    for (const [name, bytes] of video.files) {
      const response = await get(streaming, name);
      expect([name, response.status]).toEqual([name, 200]);
      expect((await bytesOf(response)).equals(bytes)).toBe(true);
    }
  });

  test('ranges as well', async () => {
    const response = await get(streaming, SEGMENT, { headers: { range: 'bytes=-100' } });
    expect([response.status, response.headers.get('content-range')]).toEqual([206, 'bytes 900-999/1000']);
    expect((await bytesOf(response)).equals(video.files.get(SEGMENT)?.subarray(900) ?? Buffer.of(1))).toBe(true);
  });
});

describe('redirecting', () => {
  test('a segment is fetched from S3 itself, with its type, by an address that needs no key and is soon over', async () => {
    const response = await get(redirecting, SEGMENT);
    expect(response.status).toBe(302);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('cache-control')).toBe('private, max-age=300');
    const address = new URL(response.headers.get('location') ?? '');
    expect(address.origin).toBe(here.env['S3_ENDPOINT']);
    expect(Number(address.searchParams.get('X-Amz-Expires'))).toBe(600);
    const segment = await fetch(address, { headers: { range: 'bytes=0-9' } });
    expect([segment.status, segment.headers.get('content-type')]).toEqual([206, 'video/mp4']);
    expect((await bytesOf(segment)).equals(video.files.get(SEGMENT)?.subarray(0, 10) ?? Buffer.of(1))).toBe(true);
  });

  test('playlists, whose relative addresses have to stay under the grant, come through the API', async () => {
    for (const name of ['master.m3u8', 'v720/index.m3u8', 'manifest.mpd']) {
      const response = await get(redirecting, name);
      expect([name, response.status]).toEqual([name, 200]);
      expect((await bytesOf(response)).equals(video.files.get(name) ?? Buffer.of(1))).toBe(true);
    }
  });

  test('HEAD is answered here, for an address signed for GET would refuse it', async () => {
    const response = await get(redirecting, SEGMENT, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '1000']);
  });

  test('nobody is sent to what is not there, or may not be seen', async () => {
    expect((await get(redirecting, 'v720/0-1/99.m4s')).status).toBe(404);
    expect((await get(redirecting, 'v720/0-7/0.m4s')).status).toBe(404);
  });
});

test('an object that has gone from the storage is told as such, not as a broken answer', async () => {
  const gone = await publishVideo(here);
  const response = await fetch(`${streaming.url}/api/v1/videos/${gone.videoId}`, {
    headers: { authorization: `Bearer ${await here.key('viewer')}` },
  });
  const { playbackUrl }: { playbackUrl: string } = JSON.parse(await response.text());
  await here.storage.deletePrefix(`${gone.prefix}/`);
  const answer = await fetch(playbackUrl);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
});
