import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inputs, AAC, X264, makeCase } from '@transcode/testing/media';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchChromium } from '../src/browser/chromium.ts';
import { play } from '../src/browser/play.ts';
import { servePlayerPage } from '../src/browser/player-page.ts';
import { Client } from '../src/client.ts';
import { CHROMIUM, TOOLS } from '../src/tools.ts';

const FRAMES = 350;
const RATE = 25;

/** A video of two chunks, on somebody else's site, by the players that people use. */
describe('players', () => {
  const { url, key } = inject('installation');
  const client = new Client(url, key);
  let folder: string;
  let browser: Browser;
  let site: Awaited<ReturnType<typeof servePlayerPage>>;
  let addresses: { hls: string; dash: string };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'players-'));
    const source = await makeCase(
      TOOLS.ffmpeg,
      {
        name: 'played',
        file: 'played.mp4',
        steps: [[...inputs({ width: 640, height: 360, frames: FRAMES }), ...X264, ...AAC, '{}']],
        expect: { refused: '' },
      },
      folder,
    );
    const video = await client.ended(await client.upload(source));
    if (video.playbackUrl === null || video.dashUrl === null) throw new Error(`The video is ${video.state}`);
    addresses = { hls: new URL(video.playbackUrl, url).href, dash: new URL(video.dashUrl, url).href };
    site = await servePlayerPage();
    browser = await launchChromium(CHROMIUM);
  });

  afterAll(async () => {
    await browser.close();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each([
    ['hls.js', 'hls'],
    ['shaka', 'dash'],
    ['shaka', 'hls'],
  ] as const)('%s plays %s to the end', async (player, kind) => {
    const page = await browser.newPage();
    await page.goto(site.url);
    const played = await play(page, player, addresses[kind]);
    // No seam between two chunks is a gap, an overlap or a stall to anybody.
    expect(played).toMatchObject({ errors: [], stalls: 0, ranges: 1 });
    expect(played.duration).toBeCloseTo(FRAMES / RATE, 0);
    expect(played.endedAt).toBeGreaterThan(FRAMES / RATE - 0.2);
    // Every frame was decoded; a busy machine may paint fewer.
    expect(played.total).toBeGreaterThanOrEqual(FRAMES - RATE);
    expect(played.painted).toBeGreaterThan(FRAMES / 4);
    await page.close();
  });
});
