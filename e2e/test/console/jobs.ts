import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { Stage } from '../../src/console/stage.ts';

const STOPPED = 'All work is paused by admin@localhost';

/** Work that is held up, found, explained, moved, ended and begun again, by an operator. */
export function jobs(stage: () => Stage): void {
  test('a failed job is found by keyboard alone, its cause read, and no retry offered where the file is at fault', async () => {
    const file = await stage().textFile('Ledger', 'not a film at all');
    await stage().client.ended(await stage().client.upload(file, { title: 'Ledger' }));
    const page = await stage().visit();
    await page.goto('/');
    // Before the page has asked for its videos it hears no keys.
    await page.getByRole('article').first().waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('j');
    await page.getByRole('table', { name: 'Jobs' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('Ledger');
    await page.waitForURL(/search=Ledger/);
    const failed = page.getByRole('button', { name: 'Failed' });
    await failed.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/state=failed/);
    // The address goes ahead of the rows: those of before may show the job, and are gone a moment later.
    await page.getByRole('button', { name: 'Failed', pressed: true }).waitFor();
    await page.locator('tr[data-state="failed"]').first().waitFor();
    await failed.blur();
    await page.keyboard.press('j');
    await page.locator('tr[aria-current]').filter({ hasText: 'Ledger' }).waitFor();
    // What else is shown leaves one at the job where one is.
    await page.getByRole('button', { name: 'Canceled' }).click();
    await page.getByRole('button', { name: 'Canceled', pressed: true }).waitFor();
    await page.locator('tr[aria-current]').filter({ hasText: 'Ledger' }).waitFor();
    await page.keyboard.press('o');
    await page.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor();
    await page
      .getByRole('region', { name: 'What went wrong' })
      .getByText('This is not a video file we know.')
      .waitFor();
    await page.getByText('the video needs another file').waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    await page.goBack();
    // Where one came from is as one left it.
    await page.locator('tr[data-job]').first().waitFor();
    expect(page.url()).toMatch(/state=failed.*search=Ledger/);
  });

  test('while all work is paused a job says so, new jobs are announced, and many are canceled at once', async () => {
    const page = await stage().visit();
    await page.goto('/queues');
    await page.getByRole('button', { name: 'Pause all work' }).click();
    await page.getByText(STOPPED).waitFor();

    await page.goto('/jobs?state=queued');
    await page.getByText('No job fits').or(page.locator('tr[data-job]').first()).waitFor();
    for (const title of ['Held one', 'Held two', 'Held three']) await upload(stage(), title);
    const row = (title: string) => page.locator('tr[data-job]').filter({ hasText: title });
    await row('Held one')
      .or(page.getByRole('button', { name: /^Show \d+ new job/ }))
      .first()
      .waitFor();
    await showNew(page, row('Held three'));
    expect(await page.locator('tr[data-job]').count()).toBeGreaterThanOrEqual(3);

    await row('Held two').getByRole('link').click();
    const why = page.getByRole('region', { name: 'Why is this waiting?' });
    await why.getByText('All work is paused, by admin@localhost.').waitFor();
    await page.getByRole('button', { name: 'Priority' }).click();
    await page.getByRole('menuitemradio', { name: 'High' }).click();
    await page.getByText('High priority', { exact: true }).waitFor();
    await page.getByText('Admin moved the work on Held two from normal to high priority.').waitFor();
    await page.getByRole('button', { name: 'Cancel the work…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Let it go on' }).click();
    await page.getByRole('link', { name: 'Back to the jobs' }).click();

    await page.goto('/queues?class=light');
    await page.getByRole('region', { name: 'Tasks in line' }).getByRole('link', { name: 'Held two' }).waitFor();
    const first = page.getByRole('region', { name: 'Tasks in line' }).locator('tbody tr').first();
    expect(await first.innerText()).toContain('Held two');

    await page.goto('/jobs?search=Held');
    await page.getByRole('checkbox', { name: 'Select Held three' }).click();
    await page.getByRole('checkbox', { name: 'Select Held one' }).click({ modifiers: ['Shift'] });
    await page.getByText('3 selected').waitFor();
    await page.getByRole('button', { name: 'Cancel the work…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel 3 jobs' }).click();
    await page.getByText('3 jobs canceled').waitFor();
    for (const title of ['Held one', 'Held two', 'Held three']) await row(title).getByText('Canceled').waitFor();
  });

  test('resumed and retried, the jobs end, and their workers are seen', async () => {
    const page = await stage().visit();
    await page.goto('/queues');
    await page.getByRole('button', { name: 'Resume all work' }).click();
    await page.getByText(STOPPED).waitFor({ state: 'detached' });
    await page.goto('/jobs?search=Held&state=canceled');
    await page.getByRole('button', { name: 'Select all that match' }).click();
    await page.getByRole('button', { name: 'Retry…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Retry 3 jobs' }).click();
    await page.getByText('3 jobs started again').waitFor();
    await page.goto('/jobs?search=Held&state=completed');
    const done = page.getByRole('link', { name: /^Held/ }).first();
    await done.waitFor({ timeout: 70_000 });
    await done.click();
    await page.locator('[data-job-state="completed"]').waitFor();
    const gantt = page.getByRole('region', { name: 'Attempts over time' });
    await gantt.getByText(/attempts by 1 worker, \d+ done/).waitFor();
    expect(await gantt.locator('.gantt-bar[data-state="done"]').count()).toBeGreaterThanOrEqual(6);
    await page.getByRole('list', { name: 'What the bars mean' }).getByText('Done').waitFor();
    await page.getByRole('searchbox', { name: 'Find in the log' }).fill('libx264');
    await page.locator('[data-said]').first().waitFor();
    await page.getByText(/^Encode the picture · 1 of 1 done/).click();
    await page.getByRole('region', { name: 'Encode the picture' }).getByText('Done', { exact: true }).waitFor();
  });

  test('failures are told by cause, and what files are at fault for is not offered to be tried again', async () => {
    const page = await stage().visit();
    await page.goto('/queues');
    const cause = page.locator('[data-cause="source_unrecognised"]');
    await cause.getByText('This is not a video file we know').first().waitFor();
    await cause.getByText(/at fault: a retry would end the same way$/).waitFor();
    expect(await cause.getByRole('button', { name: /^Retry/ }).count()).toBe(0);
    await cause.getByRole('link', { name: 'See the jobs' }).click();
    await page.waitForURL(/state=failed.*cause=source_unrecognised/);
    await page.locator('tr[data-state="failed"]').first().waitFor();
    expect(await page.locator('tr[data-job]:not([data-state="failed"])').count()).toBe(0);
  });
}

async function upload(stage: Stage, title: string): Promise<void> {
  await stage.client.upload(await stage.smallVideo(title), { title });
}

/** New jobs come when they are asked for; they may come in several steps. */
async function showNew(page: Page, wanted: ReturnType<Page['locator']>): Promise<void> {
  for (;;) {
    const button = page.getByRole('button', { name: /^Show \d+ new job/ });
    await wanted.or(button).first().waitFor();
    if ((await wanted.count()) > 0) return;
    // Those that come by themselves take it away.
    await button.evaluateAll((buttons: HTMLElement[]) => buttons[0]?.click());
  }
}
