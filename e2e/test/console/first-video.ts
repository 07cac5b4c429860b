import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { dropFiles } from '../../src/console/drop-files.ts';
import { Line } from '../../src/console/line.ts';
import { countPainted, paintedAt } from '../../src/console/count-painted.ts';
import { recordStages } from '../../src/console/record-stages.ts';
import type { Stage } from '../../src/console/stage.ts';
import { sentMegabytes, tray, uploadRow } from '../../src/console/tray.ts';
import { watchUploads } from '../../src/console/upload-requests.ts';

const FRAMES = 100;

/** One video, from the drop to the last frame, on a line that breaks. */
export function firstVideo(stage: () => Stage): void {
  test('a dropped file goes on where a broken line stopped it, is made, and plays', async () => {
    const file = await stage().largeVideo('Harbour');
    const { size } = await stat(file);
    const page = await stage().visit();
    stage().expectComplaints(page, /ERR_INTERNET_DISCONNECTED/);
    const requests = watchUploads(page);
    const line = await Line.of(page);
    await page.goto('/');
    await page.getByRole('button', { name: 'Choose files' }).waitFor();

    await line.narrow();
    await dropFiles(page, file);
    const row = uploadRow(page, 'Harbour.mp4');
    const sent = await sentMegabytes(row, 3);
    await line.cut();
    await row.getByText(/Waiting for the line, goes on by itself/).waitFor();
    await page.getByText('You are offline.').waitFor();
    requests.length = 0;
    await line.restore();

    // The page of the video is opened while its bytes still come, and never loaded again.
    await page.getByRole('link', { name: 'Harbour.mp4' }).first().click();
    await page.getByRole('heading', { name: 'Harbour.mp4' }).waitFor();
    const stages = await recordStages(page);
    await row.getByText(/^Uploaded/).waitFor();
    expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'PATCH']);
    const resumed = requests[1]?.offset ?? 0;
    expect(resumed).toBeGreaterThan(0);
    expect(resumed).toBeLessThan(size);
    // What the page showed as sent was not sent again.
    expect(resumed).toBeGreaterThanOrEqual((sent - 1) * 1e6);

    await page.getByText(/^Ready/).waitFor({ timeout: 80_000 });
    await page.getByRole('group').filter({ hasText: 'How it was made' }).waitFor({ timeout: 60_000 });
    const seen = await stages();
    for (const name of ['Read the file', 'Plan the renditions', 'Encode the picture', 'Check every frame', 'Publish']) {
      expect(seen).toContain(`${name}, done`);
    }
    expect(seen).toContain('Encode the picture, in work');

    await page.getByRole('button', { name: 'Play', exact: true }).click();
    const played = await countPainted(page);
    expect(played.endedAt).toBeGreaterThan(FRAMES / 25 - 0.2);
    expect(played.decoded).toBeGreaterThanOrEqual(FRAMES - 25);
    // A busy machine may paint fewer than it decodes.
    expect(played.painted).toBeGreaterThan(FRAMES / 4);
  }, 180_000);

  test('the video page tells size, bit rate, VMAF, the plan and the exact command', async () => {
    const page = await stage().visit();
    await page.goto('/');
    await page.getByRole('link', { name: 'Harbour.mp4' }).first().click();
    const table = page.getByRole('table');
    await table.waitFor();
    const rows = await table.getByRole('row').allInnerTexts();
    expect(rows[0]).toMatch(/Picture\s+Size\s+Saved\s+Bit rate\s+VMAF/);
    expect(rows[1]).toMatch(/640 × 360\s+[\d.]+ [kM]B\s+\d+ %\s+[\d.]+ [kM]b\/s\s+\d\d\.\d\s+\d\d\.\d/);

    await page.getByText(/^Picture, \d renditions, 100 frames$/).click();
    const command = page.locator('pre').first();
    await command.waitFor();
    expect(await command.innerText()).toMatch(/ffmpeg .*-filter_complex .*libx264/s);
    await tray(page).waitFor({ state: 'detached' });
  });

  test('each rendition, once it is chosen, reaches the screen', async () => {
    const page = await stage().visit();
    await page.goto('/');
    await page.getByRole('link', { name: 'Harbour.mp4' }).first().click();
    let choice = page.getByRole('button', { name: /^Auto, \d+p$/ });
    await choice.click();
    const names = await page.getByRole('menuitemradio', { name: /^\d+p/ }).allInnerTexts();
    const heights = names.map((name) => Number.parseInt(name, 10));
    expect(heights.length).toBeGreaterThan(1);
    await page.keyboard.press('Escape');
    // Down and up again.
    for (const height of [...heights, ...heights.toReversed()]) {
      await choice.click();
      await page.getByRole('menuitemradio', { name: new RegExp(`^${height}p`) }).click();
      choice = page.getByRole('button', { name: `${height}p`, exact: true });
      await choice.waitFor();
      await paintedAt(page, height);
    }
  });

  test('nothing of the picture is loaded before somebody is there, and a key is enough to play it', async () => {
    const page = await stage().visit();
    await page.goto('/');
    const address = await page.getByRole('link', { name: 'Harbour.mp4' }).first().getAttribute('href');
    const media: string[] = [];
    page.on('request', (request) => {
      if (/\.(m3u8|m4s|mp4)(\?|$)/.test(request.url())) media.push(request.url());
    });
    await page.goto(address ?? '');
    const video = page.locator('video');
    await video.waitFor();
    expect(media).toEqual([]);
    await page.keyboard.press('k');
    // What plays it comes first.
    await expect
      .poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime), { timeout: 15_000 })
      .toBeGreaterThan(0.2);
    expect(media.length).toBeGreaterThan(0);
  });

  test('the keys of the player work anywhere on its page', async () => {
    const page = await stage().visit();
    await page.goto('/');
    await page.getByRole('link', { name: 'Harbour.mp4' }).first().click();
    const video = page.locator('video');
    await video.waitFor();
    const now = () => video.evaluate((element: HTMLVideoElement) => element.currentTime);
    const is = (name: 'paused' | 'muted') => video.evaluate((element: HTMLVideoElement, key) => element[key], name);
    await page.getByRole('button', { name: /^Auto, \d+p$/ }).waitFor();

    await page.keyboard.press('k');
    await expect.poll(() => is('paused')).toBe(false);
    await page.keyboard.press(' ');
    await expect.poll(() => is('paused')).toBe(true);
    await page.keyboard.press('Home');
    await expect.poll(now).toBe(0);
    await page.keyboard.press('.');
    await expect.poll(now).toBeCloseTo(0.04, 3);
    await page.keyboard.press('l');
    await expect.poll(now).toBeCloseTo(4, 1);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(now).toBe(0);
    await page.keyboard.press('m');
    await page.getByRole('button', { name: 'Sound on' }).waitFor();
    expect(await is('muted')).toBe(true);

    // The strip is a slider, and a focused button keeps its own space.
    const slider = page.getByRole('slider', { name: 'Position' });
    await slider.press('End');
    await expect.poll(now).toBeCloseTo(4, 1);
    await page.getByRole('button', { name: /^Auto, \d+p$/ }).press(' ');
    await page.getByRole('menuitemradio', { name: /^234p/ }).press('Enter');
    await page.getByRole('button', { name: '234p', exact: true }).waitFor();
    expect(await is('paused')).toBe(true);

    await slider.hover({ position: { x: 20, y: 20 } });
    await page.getByText(/^00:00 · [\d.]+ VMAF$/).waitFor();
  });
}
