import path from 'node:path';
import { expect, test } from 'vitest';
import { countPainted } from '../../src/console/count-painted.ts';
import type { Stage } from '../../src/console/stage.ts';
import { chooseFiles, uploadRow } from '../../src/console/tray.ts';
import { TOOLS } from '../../src/tools.ts';
import { judgeDownload } from '@transcode/testing/judge';

/** What an editor does with presets and with finished videos. */
export function editing(stage: () => Stage): void {
  test('a preset is copied, corrected where it is wrong, seen as a ladder, and encodes what is uploaded', async () => {
    const page = await stage().visit();
    await page.goto('/');
    // Before the page has asked for its videos it hears no keys.
    await page.getByRole('article').first().waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('link', { name: /^Preview preview/ }).click();
    await page
      .getByRole('list', { name: /^Ladder/ })
      .getByText('640 × 360')
      .waitFor();
    await page.getByLabel('For a source of').selectOption('portrait');
    await page
      .getByRole('list', { name: /^Ladder/ })
      .getByText('360 × 640')
      .waitFor();
    expect(new URL(page.url()).searchParams.get('source')).toBe('portrait');

    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('heading', { name: 'New preset' }).waitFor();
    await page.getByLabel('Title').fill('Tiny');
    await page.getByLabel('Name', { exact: true }).fill('Tiny one');
    await page.getByLabel('Lines of rung 1').fill('120');
    await page.getByLabel('Bit rate of rung 1 in kb/s').fill('10');
    await page.getByRole('button', { name: 'Make the preset' }).click();
    await page.getByText('Use a-z, 0-9 and -, at most 63 of them, not beginning with -.').first().waitFor();
    await page.getByText('It has to be at least 32 kb/s.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
    await page.getByLabel('Name', { exact: true }).fill('tiny');
    await page.getByLabel('Bit rate of rung 1 in kb/s').fill('90');
    await page
      .getByRole('list', { name: /^Ladder/ })
      .getByText('90.0 kb/s')
      .waitFor();
    await page.getByRole('button', { name: 'Make the preset' }).click();
    await page.getByRole('heading', { name: 'Tiny' }).waitFor();

    await page.getByRole('button', { name: /^Preset of new videos/ }).click();
    await page.getByRole('menuitemradio', { name: 'Tiny' }).click();
    const upload = page.getByRole('button', { name: 'Upload', exact: true });
    await chooseFiles(page, upload, await stage().smallVideo('Small screen'));
    await uploadRow(page, 'Small screen.mp4')
      .getByText(/^Uploaded/)
      .waitFor();
    await uploadRow(page, 'Small screen.mp4').getByRole('link', { name: 'Open' }).click();
    await page.getByText('Preset tiny', { exact: true }).waitFor({ timeout: 60_000 });
    await page.getByText(/^Ready/).waitFor({ timeout: 60_000 });
    const rows = await page.getByRole('table').getByRole('rowheader').allInnerTexts();
    expect(rows[0]).toMatch(/\d+ × 120/);
    await page.getByText('Work began, with the preset tiny.').waitFor();

    await page.goto('/presets/tiny');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete the preset' }).click();
    await page.getByRole('heading', { name: 'Presets' }).waitFor();
    expect(await page.getByRole('link', { name: /^Tiny/ }).count()).toBe(0);
    await page.getByRole('button', { name: /^Preset of new videos/ }).click();
    await page.getByRole('menuitemradio', { name: 'Web', exact: true }).click();
  }, 120_000);

  test('what was typed of a preset is there again after a click and a reload, and its preview says when it is behind', async () => {
    const page = await stage().visit();
    await page.goto('/presets/new');
    const title = page.getByLabel('Title');
    await title.fill('Half typed');
    await page.getByLabel('Lines of rung 1').fill('');
    await page.getByText(/It follows again once this is right: Lines of rung 1: Enter a whole number\./).waitFor();
    await page.getByRole('link', { name: 'Jobs', exact: true }).click();
    await page.getByText('Your changes to Half typed are not saved, and kept here.').waitFor();
    await page.goBack();
    await page.getByText(/is back, and not saved\./).waitFor();
    await page.reload();
    await page.getByText(/is back, and not saved\./).waitFor();
    expect(await title.inputValue()).toBe('Half typed');
    await page.getByLabel('Lines of rung 1').fill('1080');
    await page.getByText(/It follows again/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Discard it' }).click();
    expect(await title.inputValue()).toBe('Web, copy');
    await page.getByRole('link', { name: 'Jobs', exact: true }).click();
    await page.waitForURL(/\/jobs/);
    expect(await page.getByText(/are not saved, and kept here/).count()).toBe(0);
  });

  test('a rendition is saved as one MP4 with its sound, under its title', async () => {
    const page = await stage().visit();
    await page.goto('/');
    await page.getByRole('link', { name: 'Small screen.mp4' }).first().click();
    const started = page.waitForEvent('download');
    await page.getByRole('link', { name: /^Download \d+ × 120 as MP4$/ }).click();
    const download = await started;
    expect(download.suggestedFilename()).toBe('Small screen 120p.mp4');
    const file = path.join(stage().folder, 'downloaded.mp4');
    await download.saveAs(file);
    expect(await judgeDownload(TOOLS, file, { frames: 75, seconds: 3 })).toEqual([]);
  });

  test('a share link plays without an account, until it is withdrawn', async () => {
    const page = await stage().visit();
    await page.goto('/');
    await page.getByRole('link', { name: 'Small screen.mp4' }).first().click();
    await page.getByLabel('How long the link holds').selectOption({ label: 'A link that holds for a day' });
    await page.getByRole('button', { name: 'Make a link' }).click();
    const address = await page.getByRole('dialog').locator('pre').first().innerText();
    await page.getByRole('button', { name: 'I have copied it' }).click();

    const guest = await stage().visit({ session: 'nobody' });
    stage().expectComplaints(guest, /status of 40[14]/);
    await guest.goto(address);
    await guest.getByRole('heading', { name: 'Small screen', exact: true }).waitFor();
    await guest.getByRole('button', { name: 'Play', exact: true }).click();
    expect((await countPainted(guest)).endedAt).toBeGreaterThan(2.8);
    expect(await guest.getByRole('link').count()).toBe(0);
    expect((await guest.request.get('/api/v1/videos')).status()).toBe(401);

    await page.getByRole('button', { name: /^Withdraw the link by/ }).click();
    await page.getByRole('button', { name: 'Withdraw the link', exact: true }).click();
    await page.getByRole('button', { name: /^Withdraw the link by/ }).waitFor({ state: 'detached' });
    await guest.reload();
    await guest.getByRole('heading', { name: 'This link does not play any more' }).waitFor();
  });

  test('the worst second is one click away', async () => {
    const page = await stage().visit();
    await page.goto('/');
    await page.getByRole('link', { name: 'Harbour.mp4' }).first().click();
    const video = page.locator('video');
    await page.getByRole('button', { name: /^Auto, \d+p$/ }).waitFor();
    const worst = page.getByRole('button', { name: /^Go to the worst second/ });
    const [, shown = ''] = /at 00:(\d\d)/.exec((await worst.innerText()) || '') ?? [];
    await worst.click();
    await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBe(Number(shown));
  });

  test('videos are listed as a table, chosen, and deleted together', async () => {
    const page = await stage().visit();
    await page.goto('/?search=Small');
    expect(await page.getByLabel('Search videos by name').inputValue()).toBe('Small');
    // Before the page has asked for its videos it hears no clicks.
    await page.getByRole('article').first().waitFor();
    await page.getByRole('button', { name: 'As a table' }).click();
    await page.getByRole('table').getByRole('link', { name: 'Small screen.mp4' }).waitFor();
    await page.reload();
    await page.getByRole('table').getByRole('link', { name: 'Small screen.mp4' }).waitFor();
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.waitForURL(/sort=largest/);
    await page.getByRole('table').getByRole('link', { name: 'Small screen.mp4' }).waitFor();
    const heads = page.getByRole('columnheader', { name: 'File', exact: true });
    expect(await heads.getAttribute('aria-sort')).toBe('descending');
    await page.getByLabel('Search videos by name').fill('ght.mp4');
    await page.waitForURL(/search=ght/);
    await page.getByRole('table').getByRole('link', { name: 'Small screen.mp4' }).waitFor({ state: 'detached' });
    await page.getByLabel('Search videos by name').fill('Small');
    await page.getByRole('table').getByRole('link', { name: 'Small screen.mp4' }).waitFor();
    await page.getByLabel('Choose all that are shown').check();
    await page.getByText('1 video chosen').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('1 video chosen').waitFor({ state: 'detached' });
    await page.getByLabel('Choose Small screen.mp4').check();
    await page.getByRole('button', { name: 'Delete 1 video' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete 1 video' }).click();
    await page.getByText('Nothing found').waitFor();
    expect(new URL(page.url()).searchParams.get('view')).toBe('table');
  });
}
