import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { waitFor } from '@transcode/testing';
import { launchChromium } from './browser/chromium.ts';
import { Client } from './client.ts';
import { changePassword, signIn } from './console/door.ts';
import { startInstallation, type Installation } from './installation.ts';
import { startOwnWorker } from './own-worker.ts';
import { makeFilm, type Shot } from './scenery/film.ts';

/** The README's pictures, of a fresh installation with real videos: `pnpm --filter @transcode/e2e screenshots`. */

const ROOT = path.resolve(import.meta.dirname, '../..');
const IMAGES = path.join(ROOT, 'docs/images');
const FFMPEG = path.join(ROOT, '.tools/bin/ffmpeg');
const VIEWPORT = { width: 1440, height: 900 };
const PASSWORD = 'the harbour at half past five';
const run = promisify(execFile);

const SECONDS = 5;
/** Seconds into the film. */
const SHOWN_AT = 6.5;
const FILM: readonly Shot[] = (['dawn', 'sea', 'dunes', 'city', 'aurora'] as const).map((scene) => ({
  scene,
  seconds: SECONDS,
}));
/** Cut out of the film: title, shot. In the order in which they were uploaded. */
const CLIPS = [
  ['City rushes, second night', 'city'],
  ['Dunes, wide', 'dunes'],
  ['Northern lights over Senja', 'aurora'],
  ['Evening ferry, last crossing', 'sea'],
  ['First light over the ridge', 'dawn'],
] as const;

/** A chunk a segment, so that a short film shows how several workers share a video. */
const SETTINGS = { CHUNK_SEGMENTS: '1' };

const folder = await mkdtemp(path.join(tmpdir(), 'screenshots-'));
const installation = await startInstallation({ settings: SETTINGS });
const second = await startOwnWorker(installation.data, 'cpu,light', {
  env: { ...SETTINGS, WORKER_ID: 'worker-2', CPU_SLOTS: '1' },
});
const browser = await launchChromium('/usr/bin/chromium');
try {
  await mkdir(IMAGES, { recursive: true });
  const film = path.join(folder, 'from-first-light-to-last.mp4');
  process.stdout.write('Painting the film …\n');
  await makeFilm(FFMPEG, FILM, film);
  const client = new Client(installation.url, await installation.key('editor'));
  process.stdout.write('Encoding …\n');
  for (const [title, scene] of CLIPS) await measured(client, await client.upload(await cut(film, scene), { title }));
  const id = await client.upload(film, { title: 'From first light to last' });
  await client.ended(id);

  const page = await signedIn(browser, installation);
  await takeVideo(page, id);
  await takeJob(page, (await client.video(id)).job?.id ?? '');
  await client.uploadPart(film, 0.43, { title: 'Pilot station, drone' });
  await client.upload(film, { title: 'Tide table, episode 3' });
  await takeVideos(page);
} finally {
  await browser.close();
  await second.stop();
  await installation.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Until nothing of a video is left to do: what is measured beside it would keep a worker from the next one. */
async function measured(client: Client, id: string): Promise<void> {
  await client.ended(id);
  await waitFor(async () => (await client.video(id)).renditions.every((one) => one.kind !== 'video' || one.quality), {
    timeout: 120_000,
  });
}

async function cut(film: string, scene: Shot['scene']): Promise<string> {
  const target = path.join(folder, `${scene}.mp4`);
  const start = FILM.findIndex((shot) => shot.scene === scene) * SECONDS;
  const argv = ['-ss', String(start), '-t', String(SECONDS), '-i', film, '-crf', '15', '-preset', 'veryfast', target];
  await run(FFMPEG, ['-v', 'error', '-y', ...argv]);
  return target;
}

async function signedIn(chromium: Browser, { url, password }: Installation): Promise<Page> {
  const page = await chromium.newPage({ viewport: VIEWPORT, colorScheme: 'dark', baseURL: url });
  await page.goto('/');
  await signIn(page, { email: 'admin@localhost', password });
  await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
  await changePassword(page, password, PASSWORD);
  await page.getByRole('button', { name: 'Upload' }).waitFor();
  return page;
}

/** The sea, at its best rendition, with the pointer on the strip. */
async function takeVideo(page: Page, id: string): Promise<void> {
  await page.goto(`/videos/${id}`);
  // Measuring goes on beside what is published, and is shown when it is done.
  await page.getByText(/^VMAF over time/).waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: /^Auto/ }).click();
  await page.getByRole('menuitemradio', { name: '720p' }).click();
  await page.locator('video').evaluate(
    (video: HTMLVideoElement, seconds) =>
      new Promise<void>((resolve) => {
        const look = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
          if (Math.abs(mediaTime - seconds) < 0.1) resolve();
          else video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
        video.currentTime = seconds;
      }),
    SHOWN_AT,
  );
  await page.getByRole('button', { name: '720p', exact: true }).waitFor();
  await page.mouse.move(0, 0);
  await page.locator('.strip-film').first().waitFor();
  await save(page, 'video');
}

/** Which worker made which chunk, and when. */
async function takeJob(page: Page, id: string): Promise<void> {
  await page.goto(`/jobs/${id}`);
  await page.getByRole('heading', { name: 'Who did what' }).waitFor();
  await page.getByText('Task completed').last().waitFor();
  await save(page, 'job');
}

async function takeVideos(page: Page): Promise<void> {
  await page.goto('/');
  const working = page.locator('article[data-video-state="processing"]');
  await working.getByText('Encoding').waitFor({ timeout: 120_000 });
  // Far enough along that its strip shows what a strip is.
  await page.waitForFunction(
    () => {
      const fill = document.querySelector<HTMLElement>('article[data-video-state="processing"] .strip-fill > div');
      return Number(/translateX\(([\d.]+)%/.exec(fill?.style.transform ?? '')?.[1] ?? 0) > 60;
    },
    undefined,
    { timeout: 180_000 },
  );
  await page.locator('.strip-film').first().waitFor();
  await save(page, 'videos');
}

/** 256 colours of its own for each picture keep a screenshot small; noise would not, so nothing is dithered that need not be. */
async function save(page: Page, name: string): Promise<void> {
  const full = path.join(folder, `${name}.png`);
  const small = path.join(IMAGES, `${name}.png`);
  await page.evaluate(loadPictures);
  await page.screenshot({ path: full });
  const palette = 'split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=sierra2_4a';
  await run(FFMPEG, [
    '-v',
    'error',
    '-y',
    '-i',
    full,
    '-filter_complex',
    palette,
    '-compression_level',
    '100',
    '-pred',
    'mixed',
    small,
  ]);
  const { length } = await readFile(small);
  process.stdout.write(`${small}: ${Math.round(length / 1000)} kB\n`);
}

/** Runs in the page: until every picture in it, storyboards too, is there to be painted. */
async function loadPictures(): Promise<void> {
  const frames = [...document.querySelectorAll<HTMLElement>('.strip-frame > div')];
  const sheets = new Set(frames.map((frame) => /url\("(.+)"\)/.exec(frame.style.backgroundImage)?.[1] ?? ''));
  const pictures = [...sheets].map((src) => Object.assign(new Image(), { src }));
  await Promise.all([...document.images, ...pictures].map((picture) => picture.decode()));
}
