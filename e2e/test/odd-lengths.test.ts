import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { VideoDetail } from '@transcode/contracts';
import { judgeFolder } from '@transcode/testing/judge';
import { LENGTHS, makeCase, type CorpusCase, type PublishedExpectation } from '@transcode/testing/media';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchChromium } from '../src/browser/chromium.ts';
import { play, type PlayerName } from '../src/browser/play.ts';
import { servePlayerPage } from '../src/browser/player-page.ts';
import { Client } from '../src/client.ts';
import { CHROMIUM, TOOLS } from '../src/tools.ts';
import { shareOf } from '@transcode/testing/share-of';

/** Times the speed of a person who watches: there are six minutes of them, for each player. */
const SPEED = 4;
/** What is longer is played at its end: of an hour in between nothing is odd. */
const PLAYED_SECONDS = 40;
/** The longest lasts ten seconds at this speed. */
const PATIENCE_MS = 60_000;
/** Of each second of film so many pictures are seen at least, however busy the machine is: a browser paints 15 at this speed. */
const PAINTED_A_SECOND = 2;
/**
 * With one segment hls.js says that nothing more comes after a switch, and plays on; a busy machine makes it and Shaka say that they
 * wait for a picture.
 */
const HARMLESS = new Set(['bufferAppendNoProgress', 'bufferStalledError', 'bufferNudgeOnStall', 'stalldetected']);
const PLAYERS = [
  ['hls.js', 'playbackUrl'],
  ['shaka', 'dashUrl'],
  ['shaka', 'playbackUrl'],
  ['dash.js', 'dashUrl'],
] as const;

/** Sources whose length is odd, judged as the corpus is and played to their end by the players that people use, all at once. */
describe.concurrent('odd lengths', () => {
  const { url, key } = inject('installation');
  const client = new Client(url, key);
  let folder: string;
  let browser: Browser;
  let site: Awaited<ReturnType<typeof servePlayerPage>>;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'odd-lengths-'));
    site = await servePlayerPage();
    browser = await launchChromium(CHROMIUM);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(shareOf(LENGTHS, { oneIn: 18 }))(
    '$name',
    { timeout: 900_000 },
    async ({ expect: expected, ...corpusCase }: CorpusCase) => {
      if ('refused' in expected) throw new Error('A length is not refused.');
      const source = await makeCase(TOOLS.ffmpeg, { ...corpusCase, expect: expected }, folder);
      const id = await client.upload(source);
      const video = await client.ended(id, 800_000);
      expect([video.failure?.code, video.state]).toEqual([undefined, 'ready']);
      const complaints: string[] = [];
      // Two at a time: more of them drop pictures on two cores.
      for (const pair of [PLAYERS.slice(0, 2), PLAYERS.slice(2)]) {
        const played = pair.map(([player, address]) => complaintsOf(player, address, { video, expected }));
        complaints.push(...(await Promise.all(played)).flat());
      }
      const out = path.join(folder, corpusCase.name);
      await client.download(id, out);
      expect([...complaints, ...(await judgeFolder(TOOLS, source, out, expected))]).toEqual([]);
      await rm(out, { recursive: true });
    },
  );

  /** What a player does not do with a video as people want it. */
  async function complaintsOf(
    player: PlayerName,
    address: 'playbackUrl' | 'dashUrl',
    { video, expected }: { video: VideoDetail; expected: PublishedExpectation },
  ): Promise<string[]> {
    const manifest = video[address];
    if (manifest === null) throw new Error(`It is ${video.state} and has no ${address}`);
    const seconds = secondsOf(expected);
    const from = Math.max(0, seconds - PLAYED_SECONDS);
    await using page = await browser.newPage();
    await page.goto(site.url);
    const how = { speed: SPEED, from, patienceMs: PATIENCE_MS };
    const { errors, ranges, duration, endedAt, painted, total, width } = await play(
      page,
      player,
      new URL(manifest, url).href,
      how,
    ).catch((error: unknown) => {
      throw new Error(`${player} by ${address}`, { cause: error });
    });
    const complaints = errors.filter((each) => !HARMLESS.has(each));
    if (Math.abs(duration - seconds) >= 0.15) complaints.push(`lasts ${duration} s, not ${seconds}`);
    if (Math.abs(endedAt - duration) >= 0.1) complaints.push(`ended at ${endedAt} of ${duration} s`);
    if (ranges !== 1) complaints.push(`what it had lay in ${ranges} ranges`);
    if (width === 0) complaints.push('its picture has no width');
    const played = seconds - from;
    const decoded = Math.max(1, Math.floor((played - 1) * perSecond(expected)));
    if (total < decoded) complaints.push(`decoded ${total} pictures, ${decoded} expected`);
    const least = Math.max(1, Math.floor(played * PAINTED_A_SECOND));
    if (painted < least) complaints.push(`painted ${painted} pictures, ${least} expected`);
    return complaints.map((complaint) => `${player} by ${address}: ${complaint}`);
  }
});

/** The picture's, or that of sound that is longer. */
function secondsOf(expected: PublishedExpectation): number {
  const { frames, soundSeconds = 0 } = expected;
  if (frames === undefined) throw new Error('Nobody knows how long this is.');
  return Math.max(frames / perSecond(expected), soundSeconds);
}

function perSecond({ rate }: PublishedExpectation): number {
  const [num = 0, den = 1] = rate.split('/').map(Number);
  return num / den;
}
