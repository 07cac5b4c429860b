import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { countPainted } from '../../src/console/count-painted.ts';
import type { Stage } from '../../src/console/stage.ts';

/** A product is started and a video played meanwhile, on a machine that does other things too. */
const DRILL = { timeout: 150_000 };

/** What is restored is backed up first, and proven. */
const RESTORE = { timeout: 300_000 };
const ENDED = { timeout: 90_000 };

/**
 * What an administrator sees and steers of backups: run and watched, stopped, a drill, one video restored, all of it in Jobs, and that what
 * was erased is never brought back.
 */
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

  test(
    'a video that was lost in the database is looked at, restored step by step on its title, and plays',
    RESTORE,
    async () => {
      const id = await stage().client.upload(await stage().smallVideo('Lighthouse'), { title: 'Lighthouse at dusk' });
      expect((await stage().client.ended(id)).state).toBe('ready');
      const page = await open();
      const which = page.getByLabel('Video: its title then, or its id');
      await page.getByRole('button', { name: 'Back up now' }).click();
      await page.getByText(/^A backup for admin@localhost is under way/).waitFor();
      await which.fill('lighthouse');
      await page.getByRole('button', { name: 'See what would change' }).click();
      await page.getByText(/^A dry run .* waits to begin\.$/).waitFor();
      await page.getByRole('button', { name: 'Stop the dry run of a restore' }).click();
      await page.getByText(/^The dry run .* was stopped by admin@localhost\./).waitFor(ENDED);
      await stage().inDatabase(async (db) => {
        await db.shareLink.deleteMany({ where: { videoId: id } });
        const { uploadId } = await db.video.delete({ where: { id } });
        await db.upload.deleteMany({ where: { id: uploadId ?? '' } });
      });

      await page.goto(`/videos/${id}`);
      stage().expectComplaints(page, /status of 404 .*videos\.get/);
      await page.getByText('There is no such video').waitFor();
      await page.getByRole('link', { name: 'Look for it in backups' }).click();
      await which.waitFor();
      expect(await which.inputValue()).toBe(id);
      await which.fill('lighthouse');
      await page.getByRole('button', { name: 'See what would change' }).click();
      const told = page.getByRole('region', { name: 'What a restore would change' });
      await told.getByText('Lighthouse at dusk').waitFor(ENDED);
      const change = told.locator('tr[data-table="Video"]');
      expect(await change.locator('td').allTextContents()).toEqual(['1', '0', '0']);
      await told.getByText(/^All of its \d+ objects are in the storage\.$/).waitFor();
      expect(await stage().inDatabase((db) => db.video.count({ where: { id } }))).toBe(0);

      await told.getByRole('button', { name: 'Restore the video…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Restore the video?' });
      const go = dialog.getByRole('button', { name: 'Restore the video', exact: true });
      await dialog.getByLabel('Title').fill('Lighthouse');
      expect(await go.isDisabled()).toBe(true);
      await dialog.getByLabel('Title').fill('Lighthouse at dusk');
      await go.click();
      await dialog.waitFor({ state: 'detached' });
      await page
        .getByText(/^A restore of Lighthouse at dusk for admin@localhost is under way\. Step \d of 5: /)
        .waitFor(ENDED);
      await page
        .getByText('The restore of Lighthouse at dusk for admin@localhost went well.')
        .waitFor({ timeout: 120_000 });
      await page.getByRole('link', { name: 'Open the video' }).click();
      await page.getByRole('heading', { name: 'Lighthouse at dusk', level: 1 }).waitFor();
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      expect((await countPainted(page)).painted).toBeGreaterThan(0);
      await page.goto('/settings/audit');
      await page
        .getByText(/restored Lighthouse at dusk from a backup/)
        .first()
        .waitFor();
      expect(await page.getByText(/asked for a restore of the video Lighthouse at dusk/).count()).toBe(1);
    },
  );

  test(
    'all of it is in Jobs as maintenance: narrowed, opened by keyboard, its steps read, retried and stopped',
    RESTORE,
    async () => {
      const page = await open();
      // What is asked for meanwhile waits long enough to be stopped.
      await page.getByRole('button', { name: 'Hold a drill now' }).click();
      await page.getByText(/^A drill for admin@localhost (waits to begin|is under way)/).waitFor();
      await page.goto('/jobs');
      await page.getByRole('button', { name: 'Maintenance' }).click();
      await page.waitForURL(/kind=maintenance/);
      const row = (kind: string, state: string) => page.locator(`tr[data-operation="${kind}"][data-state="${state}"]`);
      for (const [kind, state] of [
        ['backup', 'completed'],
        ['backup', 'failed'],
        ['drill', 'canceled'],
        ['drill', 'completed'],
        ['restorePlan', 'canceled'],
        ['restore', 'completed'],
      ] as const)
        await row(kind, state).first().waitFor();
      await page.getByRole('button', { name: 'Failed' }).click();
      await page.waitForURL(/state=failed/);
      await row('backup', 'completed').first().waitFor({ state: 'detached' });
      await page.getByRole('combobox', { name: 'Work' }).selectOption({ label: 'Drill' });
      await page.getByText('Nothing fits').waitFor();
      await page.getByRole('combobox', { name: 'Work' }).selectOption({ label: 'Backup' });
      await row('backup', 'failed').first().waitFor();
      await page.getByRole('combobox', { name: 'Work' }).blur();
      await page.keyboard.press('j');
      await page.locator('tr[aria-current]').waitFor();
      await page.keyboard.press('o');
      await page.getByRole('heading', { name: 'Backup', level: 1 }).waitFor();
      await page.getByRole('region', { name: 'What went wrong' }).waitFor();
      const failed = page.url();
      await page.getByRole('button', { name: 'Retry' }).click();
      await page.waitForURL((url) => url.href !== failed && url.pathname.startsWith('/jobs/maintenance/'));
      await page.getByRole('button', { name: 'Stop the backup' }).click();
      await page.getByText('Stopped by admin@localhost').waitFor();
      await page.locator('[data-operation-state="canceled"]').waitFor(ENDED);

      await page.getByRole('link', { name: 'Back to the maintenance' }).click();
      await row('restore', 'completed').first().getByRole('link').click();
      await page.getByRole('heading', { name: 'Restore of Lighthouse at dusk', level: 1 }).waitFor();
      const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem');
      expect(await steps.count()).toBe(4);
      expect(await steps.last().textContent()).toContain('Writing its rows');
    },
  );

  test('a video that somebody deletes is erased, has its receipt, and no restore brings it back', RESTORE, async () => {
    const { id } = await stage().videoOf('Lighthouse at dusk');
    const page = await stage().visit();
    await page.goto(`/videos/${id}`);
    await page.getByRole('button', { name: 'More for Lighthouse at dusk' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the video' }).click();
    await page.goto('/settings/erasures');
    const receipt = page.getByRole('row').filter({ hasText: id });
    await receipt.getByText(/^\d+ rows?, \d+ objects?$/).waitFor({ timeout: 180_000 });
    await page.goto('/jobs?kind=maintenance&work=erase');
    await page.getByRole('link', { name: 'Erasure of a video' }).first().waitFor();
    // Of what it was called nothing is left there, either.
    await page.goto('/jobs?kind=maintenance&work=restore');
    await page.getByRole('link', { name: 'Restore', exact: true }).first().waitFor();
    expect(await page.getByText('Lighthouse').count()).toBe(0);

    await page.goto(`/backups?video=${id}`);
    await page.getByRole('button', { name: 'See what would change' }).click();
    await page
      .getByText(/^The dry run .* failed: .* was deleted, and what was deleted is never brought back\./)
      .waitFor(ENDED);
    expect(await page.getByRole('region', { name: 'What a restore would change' }).count()).toBe(0);
  });
}
