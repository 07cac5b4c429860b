import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Stage } from '../../src/console/stage.ts';

const MARKUP = '<b onmouseover=alert(1)>&amp; "🎬"</b> ';
const LONG = `${MARKUP}${'Donaudampfschifffahrtsgesellschaft'.repeat(7)}`.slice(0, 250);

/** Names, themes and small screens. */
export function manyVideos(stage: () => Stage): void {
  test('a video is renamed to something long with markup in it, found by it, and deleted', async () => {
    const page = await stage().visit();
    await page.goto('/');
    await menuOf(page, 'Right.mp4', 'Rename…');
    await page.getByRole('dialog').getByLabel('Name').fill(LONG);
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('heading', { name: LONG, exact: true }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('🎬');
    await page.getByRole('heading', { name: 'A001.mp4' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('article').count()).toBe(1);
    await page.getByLabel('Search videos by name').fill('no such name');
    await page.getByText('Nothing found').waitFor();
    await page.getByRole('button', { name: 'Show all videos' }).click();

    await menuOf(page, 'A001.mp4', 'Delete…');
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await menuOf(page, 'A001.mp4', 'Delete…');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the video' }).click();
    await page.getByRole('heading', { name: 'A001.mp4' }).waitFor({ state: 'detached' });
  });

  test('nothing is wider than a phone', async () => {
    const page = await stage().visit({ viewport: { width: 360, height: 740 } });
    stage().expectComplaints(page, /status of 40[04]/);
    await page.goto('/');
    await page.getByRole('heading', { name: LONG, exact: true }).waitFor();
    expect(await overflow(page)).toBe(0);
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(await overflow(page)).toBe(0);
    await page.keyboard.press('Escape');
    for (const name of [LONG, 'Harbour.mp4', 'Torn.mp4']) {
      await page.getByRole('link', { name, exact: true }).first().click();
      await page.getByRole('heading', { name, exact: true, level: 1 }).waitFor();
      await page.getByRole('heading', { name: 'Source' }).waitFor();
      expect(await overflow(page)).toBe(0);
      await page.getByRole('link', { name: 'Back to all videos' }).click();
    }
    for (const address of ['/change-password', '/videos/gone', '/no/such/page']) {
      await page.goto(address);
      await page.getByRole('heading').first().waitFor();
      expect(await overflow(page)).toBe(0);
    }
  });

  test('the theme is the system’s, until another is chosen', async () => {
    const page = await stage().visit({ colorScheme: 'dark' });
    await page.goto('/');
    expect(await brightness(page)).toBeLessThan(40);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await brightness(page)).toBeGreaterThan(200);
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    expect(await brightness(page)).toBeLessThan(40);
    await page.reload();
    expect(await brightness(page)).toBeLessThan(40);
  });
}

async function menuOf(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
}

/** Of the ground, 0..255, as the browser paints it. */
function brightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    if (canvas === null) throw new Error('No canvas');
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[0] ?? -1;
  });
}
