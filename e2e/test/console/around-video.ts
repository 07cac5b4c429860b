import path from 'node:path';
import { expect, test } from 'vitest';
import { openHarbour } from '../../src/console/open-harbour.ts';
import type { Stage } from '../../src/console/stage.ts';

/** On a busy machine pictures come late. */
const PATIENTLY = { timeout: 15_000 };

/** What one does with a video beside watching it. */
export function aroundVideo(stage: () => Stage): void {
  test('the video and the file that it came from are saved from its page', async () => {
    const page = await openHarbour(stage());
    for (const [name, file] of [
      ['Download', /^Harbour \d+p\.mp4$/],
      ['Download the uploaded file', /^Harbour\.mp4$/],
    ] as const) {
      const started = page.waitForEvent('download');
      await page.getByRole('link', { name, exact: true }).click();
      const download = await started;
      expect(download.suggestedFilename()).toMatch(file);
      await download.saveAs(path.join(stage().folder, 'saved.mp4'));
    }
    await page.getByRole('term').filter({ hasText: 'DASH' }).waitFor();
    expect(await page.locator('code').allInnerTexts()).toEqual([
      expect.stringMatching(/\/media\/.*\/master\.m3u8$/),
      expect.stringMatching(/\/media\/.*\/manifest\.mpd$/),
    ]);
  });

  test('a card is gone through by pointer and by arrows', async () => {
    const page = await stage().visit();
    await page.goto('/');
    const link = page.getByRole('article').filter({ hasText: 'Two tongues' }).getByRole('link').first();
    await link.waitFor();
    const { width = 0 } = (await link.boundingBox()) ?? {};
    const shown = page.locator('[data-scrubbed]');
    // The storyboard comes a moment after the card.
    await expect
      .poll(async () => {
        await link.hover({ position: { x: width * 0.9, y: 40 } });
        await link.hover({ position: { x: width * 0.9 - 4, y: 40 } });
        return shown.count();
      }, PATIENTLY)
      .toBe(1);
    expect(Number(await shown.getAttribute('data-scrubbed'))).toBeGreaterThan(6);
    await page.mouse.move(0, 0);
    await shown.waitFor({ state: 'detached' });
    await link.press('ArrowRight');
    expect(await shown.getAttribute('data-scrubbed')).toBe('0');
    await link.press('ArrowRight');
    expect(Number(await shown.getAttribute('data-scrubbed'))).toBeGreaterThan(0);
  });

  test('another poster is chosen, and shown once it is made', async () => {
    const page = await stage().visit();
    const { id } = await stage().videoOf('Two tongues.mp4');
    await page.goto(`/videos/${id}`);
    const before = await page.locator('video').getAttribute('poster');
    await page.getByRole('button', { name: 'Choose the poster…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Choose the poster' });
    await dialog
      .getByRole('button', { name: /^The picture at/ })
      .last()
      .click();
    await dialog.getByRole('button', { name: 'Use this picture' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => page.locator('video').getAttribute('poster'), PATIENTLY).not.toBe(before);
    const poster = await page.locator('video').getAttribute('poster');
    expect((await page.request.get(poster ?? '')).headers()['content-type']).toBe('image/jpeg');
  });

  test('a file that no video can be made of leads to another one, and away', async () => {
    const client = stage().client;
    const { id } = await client.ended(await client.upload(await stage().textFile('Nothing', 'no film at all')));
    const page = await stage().visit();
    // What is deleted is asked for once more before its page is left.
    stage().expectComplaints(page, /status of 404/);
    await page.goto(`/videos/${id}`);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Upload another file' }).click();
    expect((await chooser).isMultiple()).toBe(true);
    await page.getByRole('button', { name: 'Delete this one…' }).click();
    await page.getByRole('button', { name: 'Delete the video' }).click();
    await page.waitForURL((url) => url.pathname === '/');
  });
}
