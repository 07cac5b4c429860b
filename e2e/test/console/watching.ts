import { createServer } from 'node:http';
import { freePort, waitFor } from '@transcode/testing';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { openHarbour } from '../../src/console/open-harbour.ts';
import type { Stage } from '../../src/console/stage.ts';

/** On a busy machine pictures come late. */
const PATIENTLY = { timeout: 15_000 };

/** The player around the picture: its menu, its keys, its full screen, and where it stands on the page. */
export function watching(stage: () => Stage): void {
  test('a page that is reached from a scrolled list begins at its top', async () => {
    const page = await stage().visit();
    const top = () => page.evaluate(() => scrollY);
    for (const [list, link, heading] of [
      ['/', /^Harbour\.mp4/, 'Harbour.mp4'],
      ['/presets', /^Preview/, 'Preview'],
    ] as const) {
      await page.goto(list);
      // The second time the page has what it shows already.
      for (const time of ['first', 'second']) {
        const entry = page.getByRole('link', { name: link }).first();
        await entry.waitFor();
        // As long as a list of many.
        await entry.evaluate((element: HTMLElement) => {
          const whole = element.closest<HTMLElement>('main > *');
          if (whole !== null) whole.style.paddingBottom = '1000px';
          scrollTo(0, document.body.scrollHeight);
        });
        expect(await top()).toBeGreaterThan(500);
        await entry.evaluate((element: HTMLElement) => element.click());
        await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
        expect([list, time, await top()]).toEqual([list, time, 0]);
        await page.goBack();
      }
    }
  });

  test('full screen is dark behind light words, also where the page is light', async () => {
    const page = await openHarbour(stage(), { colorScheme: 'light' });
    await page.getByRole('button', { name: 'Full screen' }).click();
    await page.waitForFunction(() => document.fullscreenElement !== null);
    const [ground, ink] = await groundAndInk(page);
    expect(ground).toBeLessThan(40);
    expect(ink).toBeGreaterThan(200);
    await page.keyboard.press('f');
    await page.waitForFunction(() => document.fullscreenElement === null);
  });

  test('the timeline leaves the page its shortcuts, and ? tells the player’s keys', async () => {
    const page = await openHarbour(stage());
    await page.getByRole('slider', { name: 'Position' }).focus();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const words of ['Back by 10 s', 'On by a frame', 'Full screen', 'Go to Jobs'])
      await sheet.getByText(words).waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    // The j of the player is no j after a g.
    await page.keyboard.press('g');
    await page.keyboard.press('j');
    await page.waitForURL(/\/jobs$/);
    expect(await sheet.isVisible()).toBe(false);
  });

  test('a second language is chosen by keyboard, and heard, on a shared page too', async () => {
    const client = stage().client;
    const file = await stage().twoLanguages('Two tongues');
    const { id, state } = await client.ended(await client.upload(file, { preset: 'preview' }));
    expect(state).toBe('ready');
    const page = await stage().visit();
    await page.goto(`/videos/${id}`);
    await page.getByRole('button', { name: 'Make a link' }).click();
    const dialog = page.getByRole('dialog');
    const address = await dialog.locator('pre').first().innerText();
    await page.getByRole('button', { name: 'I have copied it' }).click();

    const guest = await stage().visit({ session: 'nobody' });
    for (const [where, target] of [[page, `/videos/${id}`] as const, [guest, address] as const]) {
      await where.goto(target);
      const menu = where.getByRole('button', { name: /English/ });
      // Somebody is there, so it is made ready; the page may hear of that only a while after it is shown.
      await waitFor(async () => {
        await where.mouse.move(5, 5);
        await where.mouse.move(9, 9);
        return menu.isVisible();
      }, PATIENTLY);
      await where.keyboard.press('k');
      expect(await tone(where)).toBe(440);
      await menu.press('Enter');
      await where.keyboard.press('ArrowDown');
      await where.keyboard.press('Enter');
      await where.getByRole('button', { name: /German/ }).waitFor();
      await expect.poll(() => tone(where), PATIENTLY).toBe(1_760);
    }
  }, 120_000);

  test('on a shared page the picture comes first, by phone and by desk, and the name has no ending', async () => {
    const page = await stage().visit();
    const { id } = await stage().videoOf('Harbour.mp4');
    await page.goto(`/videos/${id}`);
    await page.getByRole('button', { name: 'Make a link' }).click();
    const shown = page.getByRole('dialog').locator('pre');
    await shown.nth(1).waitFor();
    const [address, code] = await shown.allInnerTexts();
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 1280, height: 800 },
    ]) {
      const guest = await stage().visit({ session: 'nobody', viewport });
      await guest.goto(address ?? '');
      const heading = guest.getByRole('heading', { name: 'Harbour', exact: true });
      await heading.waitFor();
      const [picture, name] = [await guest.locator('video').boundingBox(), await heading.boundingBox()];
      expect(picture?.y).toBeLessThan(40);
      expect(picture?.width).toBeGreaterThan(viewport.width * 0.75);
      expect(name?.y).toBeGreaterThan((picture?.y ?? 0) + (picture?.height ?? 0));
      expect(name?.y).toBeLessThan(viewport.height);
      expect(await guest.title()).toBe('Harbour · Transcode');
    }

    // The same in a page of another site.
    const port = await freePort();
    const site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,">${code ?? ''}`);
    }).listen(port, '127.0.0.1');
    onTestFinished(() => void site.close());
    const guest = await stage().visit({ session: 'nobody' });
    await guest.goto(`http://127.0.0.1:${port}/`);
    const frame = guest.frameLocator('iframe');
    await frame.getByRole('button', { name: 'Play', exact: true }).click();
    const video = frame.locator('video');
    const now = () => video.evaluate((element: HTMLVideoElement) => element.currentTime);
    await expect.poll(now, PATIENTLY).toBeGreaterThan(0.2);
  });
}

/** How light the ground and the words of the player are, 0..255, as the browser paints them. */
function groundAndInk(page: Page): Promise<number[]> {
  return page.locator('.player').evaluate((player) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (canvas === null) throw new Error('No canvas');
    const style = getComputedStyle(player);
    return [style.backgroundColor, style.color].map((colour) => {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return canvas.getImageData(0, 0, 1, 1).data[0] ?? -1;
    });
  });
}

/** The loudest frequency that the page plays, as the nearest of the two that there are. */
function tone(page: Page): Promise<number | undefined> {
  return page.locator('video').evaluate(async (video: HTMLVideoElement) => {
    const holder = video as HTMLVideoElement & { analyser?: AnalyserNode };
    if (holder.analyser === undefined) {
      video.loop = true;
      const context = new AudioContext();
      holder.analyser = context.createAnalyser();
      holder.analyser.fftSize = 8192;
      context.createMediaElementSource(video).connect(holder.analyser).connect(context.destination);
      await context.resume();
    }
    const { analyser } = holder;
    const levels = new Float32Array(analyser.frequencyBinCount);
    for (let tries = 0; tries < 40; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      analyser.getFloatFrequencyData(levels);
      const loudest = levels.indexOf(Math.max(...levels));
      const hertz = (loudest * analyser.context.sampleRate) / analyser.fftSize;
      const nearest = [440, 1_760].find((wanted) => Math.abs(hertz - wanted) < 40);
      if (nearest !== undefined && (levels[loudest] ?? -Infinity) > -60) return nearest;
    }
    return undefined;
  });
}
