import { SharedVideo, ShareView } from '@transcode/contracts';
import * as z from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { callsOf } from './person-calls.ts';
import type { Answered, PersonCalls } from './person-calls.ts';
import { planOf } from './plan-of.ts';
import { publishVideo } from './published-video.ts';
import type { PublishedVideo } from './published-video.ts';

/** A process may believe a grant this long. */
const REVOKED_MS = 3_500;
const Made = ShareView.extend({ url: z.string() });

let here: Installation;
let api: RunningApi;
let editor: PersonCalls;
let video: PublishedVideo;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  editor = await callsOf(here, api, 'editor');
  video = await publishVideo(here);
  await here.db.job.update({ where: { id: video.jobId }, data: { plan: planOf() } });
});
afterAll(() => here.dispose());

async function share(seconds = 3600): Promise<z.infer<typeof Made> & { token: string }> {
  const { status, body } = await editor.call('POST', `/videos/${video.videoId}/shares`, { seconds });
  expect(status).toBe(201);
  const made = Made.parse(body);
  return { ...made, token: made.url.split('/').at(-1) ?? '' };
}

/** As somebody without any account. */
async function open(token: string): Promise<Answered> {
  const response = await fetch(`${api.url}/api/v1/shared/${token}`);
  const body: Record<string, unknown> = JSON.parse(await response.text());
  return { status: response.status, body };
}

test('whoever has the link plays the one video, and the link is stored nowhere', async () => {
  const { token, url } = await share();
  expect(url).toBe(`${api.url}/share/${token}`);
  const { status, body } = await open(token);
  expect(status).toBe(200);
  const shown = SharedVideo.parse(body);
  expect(shown).toMatchObject({ title: 'A video', width: 1920, height: 1080, durationSeconds: 10, frameSeconds: 0.04 });
  const playlist = await fetch(shown.playbackUrl);
  expect(Buffer.from(await playlist.arrayBuffer())).toEqual(video.files.get('master.m3u8'));
  expect(JSON.stringify([await here.db.shareLink.findMany(), await here.db.audit.findMany()])).not.toContain(token);
});

test('one that is made up opens nothing', async () => {
  expect(await open('no-such-link')).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

test('withdrawn, it shows nothing, and what plays by it stops', async () => {
  const { id, token } = await share();
  const { playbackUrl } = SharedVideo.parse((await open(token)).body);
  const other = SharedVideo.parse((await open((await share()).token)).body);
  const listed = async (): Promise<string[]> =>
    z
      .object({ items: z.array(ShareView) })
      .parse((await editor.call('GET', `/videos/${video.videoId}/shares`)).body)
      .items.map((one) => one.id);
  expect(await listed()).toContain(id);
  expect((await editor.call('DELETE', `/shares/${id}`)).status).toBe(204);
  expect(await open(token)).toMatchObject({ status: 410, body: { code: 'share_ended' } });
  expect(await listed()).not.toContain(id);
  expect((await editor.call('DELETE', `/shares/${id}`)).status).toBe(404);
  await expect.poll(async () => (await fetch(playbackUrl)).status, { timeout: REVOKED_MS }).toBe(404);
  // Another link of the same video goes on.
  expect((await fetch(other.playbackUrl)).status).toBe(200);
  const entries = await here.db.audit.findMany({
    where: { action: { startsWith: 'share.' } },
    orderBy: { id: 'desc' },
  });
  expect(entries[0]).toMatchObject({ action: 'share.revoke', target: video.videoId, details: { share: id } });
});

test('expired, it shows nothing', async () => {
  const { id, token } = await share();
  await here.db.shareLink.update({ where: { id }, data: { expiresAt: new Date() } });
  expect(await open(token)).toMatchObject({ status: 410, body: { code: 'share_ended' } });
});

test('holds for an hour at least and for 90 days at most', async () => {
  for (const seconds of [60, 91 * 24 * 3600]) {
    const { status } = await editor.call('POST', `/videos/${video.videoId}/shares`, { seconds });
    expect(status).toBe(400);
  }
});

test('a deleted video is not shared any more', async () => {
  const doomed = await publishVideo(here);
  const { body } = await editor.call('POST', `/videos/${doomed.videoId}/shares`, { seconds: 3600 });
  await editor.call('DELETE', `/videos/${doomed.videoId}`);
  const token = Made.parse(body).url.split('/').at(-1) ?? '';
  expect((await open(token)).status).toBe(404);
});
