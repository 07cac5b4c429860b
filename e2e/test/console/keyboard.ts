import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Stage } from '../../src/console/stage.ts';

const search = (page: Page) => page.getByRole('searchbox');

/** What the keys do everywhere. */
export function keyboard(stage: () => Stage): void {
  /** With what the browser has asked for itself: before that it hears no keys. */
  async function openVideos(): Promise<Page> {
    const page = await stage().visit();
    await page.goto('/');
    await page
      .getByRole('link', { name: /Harbour/ })
      .first()
      .waitFor();
    return page;
  }

  test('? tells the shortcuts that hold here, and what is typed into a field is none', async () => {
    const page = await openVideos();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Search videos').waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.keyboard.press('/');
    await page.keyboard.type('?g v');
    expect(await search(page).inputValue()).toBe('?g v');
    expect(await sheet.isVisible()).toBe(false);
  });

  test('the palette finds a video by its name and opens it; g v leads back', async () => {
    const page = await openVideos();
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Go to or do' });
    await palette.getByRole('combobox').waitFor();
    await page.keyboard.type('harbo');
    await palette.getByRole('option', { name: 'Harbour' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/videos\/[\w-]+$/);
    await page.getByRole('heading', { name: /Harbour/ }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('v');
    await page.waitForURL((url) => url.pathname === '/');
    expect(await palette.isVisible()).toBe(false);
    await page.keyboard.press('Control+k');
    await palette.getByRole('combobox').waitFor();
    await page.keyboard.type('zzzz nothing');
    await palette.getByText('Nothing is called that.').waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'hidden' });
  });

  test('a button hints at the palette, which finds workers, settings and what is to be done, by what people call it', async () => {
    const page = await openVideos();
    const button = page.getByRole('button', { name: 'Find or do' });
    await button.getByText('K', { exact: true }).waitFor();
    const palette = page.getByRole('dialog', { name: 'Go to or do' });
    for (const [typed, found] of [
      ['worker-1', /^worker-1/],
      ['people', 'Users'],
      ['token', 'Make or revoke an API key'],
      ['preview', /^Preview/],
    ] as const) {
      await button.click();
      await palette.getByRole('combobox').fill(typed);
      await palette.getByRole('option', { name: found }).first().waitFor();
      await page.keyboard.press('Escape');
      await palette.waitFor({ state: 'hidden' });
    }
    const dark = () => page.evaluate(() => document.documentElement.dataset['theme']);
    await button.click();
    await palette.getByRole('combobox').fill('dark');
    await palette.getByRole('option', { name: 'Dark theme' }).click();
    await expect.poll(dark).toBe('dark');
    // The account's menu knows it, too.
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark', checked: true }).waitFor();
    await page.getByRole('menuitemradio', { name: 'As the system' }).click();
    await expect.poll(dark).toBeUndefined();
  });
}
