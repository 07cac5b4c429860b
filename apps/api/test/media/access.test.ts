import { GRANT_MS } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Grants } from '../../src/media/grants.ts';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { publishVideo } from '../published-video.ts';
import type { PublishedVideo } from '../published-video.ts';
import { rawRequest } from '../raw-request.ts';
import { folderOf } from './folder-of.ts';
import { refusal } from './refusal.ts';

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
  base = await folderOf(api.url, key, video.videoId);
});
afterAll(() => here.dispose());

const grantOf = (ids: { videoId: string; jobId: string }, now?: number): string =>
  new Grants(here.env['GRANT_SECRET'] ?? '').issue(ids, now);
const ask = (grant: string): Promise<Response> => fetch(`${api.url}/media/${grant}/master.m3u8`);

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
    const folder = await folderOf(api.url, key, gone.videoId);
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
