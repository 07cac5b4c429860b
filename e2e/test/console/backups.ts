import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Stage } from '../../src/console/stage.ts';

/** A product is started and a video played meanwhile, on a machine that does other things too. */
const DRILL = { timeout: 150_000 };

/** What an administrator sees and steers of backups. */
export function backups(stage: () => Stage): void {
  async function open(): Promise<Page> {
    const page = await stage().visit();
    await page.goto('/backups');
    await page.getByRole('button', { name: 'Back up now' }).waitFor();
    return page;
  }

  test('one is asked for, watched step by step, and counts once it was restored', { timeout: 150_000 }, async () => {
    const page = await stage().visit();
    await page.goto('/overview');
    await page.getByText('Backups are on the disk that they protect').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await page.getByText('No backup counts yet').waitFor();
    await page.getByText(/^Next backup in \d+ .*, next drill in \d+ /).waitFor();
    await page.getByText('That is the disk that they are to protect').waitFor();
    expect(await page.getByRole('button', { name: 'Hold a drill now' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByText(/^A backup for admin@localhost (waits to begin|is under way)/).waitFor();
    await page.getByText(/^The backup for admin@localhost (went well|was made)/).waitFor({ timeout: 90_000 });
    await page.getByText(/^The last good backup is \d+ (s|min) old$/).waitFor();
    const row = page.getByRole('row', { name: /asked for/ });
    await row.getByText(/^Restored/).waitFor();
    expect(await row.locator('[data-label="Size"]').textContent()).toMatch(/ (kB|MB)$/);
    // Administrators have one page more in the bar than others, and all of it in one line.
    for (const width of [1024, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
  });

  test('one that fails says why, the store that is away is told, and what was good stays', async () => {
    const page = await open();
    const store = path.join(stage().installation.data, 'backups');
    await rename(store, `${store}-away`);
    await writeFile(store, 'in the way');
    try {
      await page.getByRole('button', { name: 'Back up now' }).click();
      await page.getByText(/^The backup for admin@localhost failed: \S/).waitFor({ timeout: 60_000 });
      await page.getByText('It cannot be read just now.').waitFor({ timeout: 60_000 });
      expect(await page.getByText(/^The last good backup is/).count()).toBe(1);
    } finally {
      await rm(store);
      await rename(`${store}-away`, store);
    }
  });

  test('a drill is stopped, another one plays a video, and who did it is written down', DRILL, async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Hold a drill now' }).click();
    await page.getByText(/Step 1 of 3: Restoring/).waitFor({ timeout: 30_000 });
    await page.getByRole('progressbar', { name: 'How far the drill is' }).waitFor();
    await page.getByRole('button', { name: 'Stop the drill' }).click();
    await page.getByText('The drill for admin@localhost was stopped by admin@localhost.').waitFor({ timeout: 60_000 });
    expect(await page.getByText('None yet. Until one was held').count()).toBe(1);

    await page.getByRole('button', { name: 'Hold a drill now' }).click();
    await page.getByText('The drill for admin@localhost went well.').waitFor({ timeout: 120_000 });
    const row = page.getByRole('row', { name: /Passed: a video played/ });
    expect(await row.locator('[data-label="RTO"]').textContent()).toMatch(/^\d+ (s|min)$/);
    await page.goto('/settings/audit');
    await page.getByText('stopped a drill').first().waitFor();
    expect(await page.getByText('asked for a drill').count()).toBeGreaterThanOrEqual(2);
  });
}
