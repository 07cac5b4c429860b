import { roleAtLeast, ROLES, type Role } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { countPainted } from '../../src/console/count-painted.ts';
import { signIn, type Credentials } from '../../src/console/door.ts';
import type { Stage } from '../../src/console/stage.ts';
import { chooseFiles, uploadRow } from '../../src/console/tray.ts';
import { shareOf } from '@transcode/testing/share-of';

const Found = z.object({ items: z.array(z.unknown()) });
const THEMES = ['light', 'dark'] as const;
const CASES = shareOf(
  ROLES.flatMap((role) => THEMES.map((theme) => ({ name: `${role} ${theme}`, role, theme }))),
  { oneIn: 8 },
);
const FOR_OPERATORS = ['/overview', '/queues', '/workers', '/workers/worker-1', '/gpus'];
const FOR_ADMINISTRATORS = [
  '/backups',
  '/jobs?kind=maintenance',
  '/settings/users',
  '/settings/workspaces',
  '/settings/audit',
  '/settings/alerts',
  '/settings/erasures',
  '/settings/limits',
];

/** What each page is for, done by each role in each theme; and what a role may not do is neither offered nor taken. */
export function asEachRole(stage: () => Stage): void {
  describe('as each role', () => {
    let people: Credentials;
    beforeAll(async () => {
      people = await stage().seedViewer();
      // Everybody's pages have something finished to look at.
      if ((await stage().client.videos()).every(({ title }) => title !== 'For all roles')) await forAll(stage());
    });

    test.for(CASES)('the $role in the $theme theme', { timeout: 150_000 }, async ({ role, theme, name }) => {
      const page = await stage().visit({ session: 'nobody', colorScheme: theme });
      // What a role may not ask for it is refused.
      stage().expectComplaints(page, /status of 40[34]/);
      await page.goto('/');
      await signIn(page, { ...people, email: people.email.replace('viewer', role) });
      await page.getByRole('button', { name: 'Account' }).waitFor();
      const may = (least: Role): boolean => roleAtLeast(role, least);

      await videos(page, stage(), { name, edits: may('editor') });
      await jobs(page, stage(), { name, edits: may('editor') });
      await presets(page, { name, edits: may('editor') });
      await operating(page, may('operator'));
      await settings(page, { name, edits: may('editor'), administers: may('admin') });
      const asked = ['/api/v1/videos', '/api/v1/keys', '/api/v1/workers', '/api/v1/users'];
      const answers = await Promise.all(asked.map(async (address) => (await page.request.get(address)).status()));
      expect(answers).toEqual([true, may('editor'), may('operator'), may('admin')].map((can) => (can ? 200 : 403)));
    });
  });
}

async function forAll(stage: Stage): Promise<void> {
  await stage.client.ended(
    await stage.client.upload(await stage.smallVideo('For all roles'), { title: 'For all roles' }),
  );
}

/** Search, both views, and a video from its upload to its deletion. */
async function videos(page: Page, stage: Stage, { name, edits }: { name: string; edits: boolean }): Promise<void> {
  // Before the page has asked for its videos it hears nothing.
  await page.getByRole('article').first().waitFor();
  await page.getByLabel('Search videos by name').fill('An empty');
  await page.getByRole('article').filter({ hasText: 'An empty file' }).waitFor();
  await page.getByRole('button', { name: 'As a table' }).click();
  await page.getByRole('table').getByRole('link', { name: 'An empty file' }).waitFor();
  await page.getByRole('button', { name: 'As pictures' }).click();
  const upload = page.getByRole('button', { name: 'Upload', exact: true });
  expect(await upload.count()).toBe(edits ? 1 : 0);
  if (!edits) {
    await page.getByRole('link', { name: 'An empty file' }).first().click();
    await page.getByRole('region', { name: 'What went wrong' }).waitFor();
    if ((await page.getByRole('button', { name: /^(More|Retry|Rename|Delete)/ }).count()) > 0)
      throw new Error('A viewer is offered to change something');
    return;
  }
  await page.getByLabel('Search videos by name').fill('');
  await chooseFiles(page, upload, await stage.smallVideo(name));
  await uploadRow(page, `${name}.mp4`).getByRole('link', { name: 'Open' }).click();
  await page.waitForURL(/\/videos\//);
  await page.getByRole('heading', { name: `${name}.mp4`, level: 1 }).waitFor();
  await page.getByText(/^Ready/).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  expect((await countPainted(page)).painted).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Make a link' }).click();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('button', { name: /^Withdraw the link by/ }).click();
  await page.getByRole('button', { name: 'Withdraw the link', exact: true }).click();
  await page.getByRole('button', { name: /^Withdraw the link by/ }).waitFor({ state: 'detached' });
  await page.goto(`/?search=${encodeURIComponent(name)}`);
  await page.getByRole('button', { name: `More for ${name}.mp4` }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the video' }).click();
  await page.getByText('Nothing found').waitFor();
}

/** The list, narrowed; a failed job with its cause. */
async function jobs(page: Page, stage: Stage, { name, edits }: { name: string; edits: boolean }): Promise<void> {
  const title = edits ? `${name}, notes` : 'An empty file';
  if (edits) {
    await page.goto('/');
    const upload = page.getByRole('button', { name: 'Upload', exact: true });
    await chooseFiles(page, upload, await stage.textFile(title, 'not a film at all'));
    await uploadRow(page, `${title}.mp4`)
      .getByText(/^No video came of it/)
      .waitFor();
  }
  // It has failed before the list is opened, and needs not be announced there.
  await waitFor(async () => {
    const answer = await page.request.get(`/api/v1/jobs?state=failed&search=${encodeURIComponent(title)}`);
    return Found.parse(await answer.json()).items.length > 0;
  });
  await page.goto('/jobs');
  await page.locator('tr[data-job]').first().waitFor();
  await page.getByRole('button', { name: 'Failed' }).click();
  await page.waitForURL(/state=failed/);
  await page.getByRole('searchbox').fill(title);
  await page.waitForURL(/search=/);
  const failed = page.locator('tr[data-state="failed"]').filter({ hasText: title });
  await failed.getByRole('link').first().click();
  await page
    .getByRole('region', { name: 'What went wrong' })
    .getByText(edits ? 'This is not a video file we know.' : 'The file is empty.')
    .waitFor();
  // The file is at fault: nobody is offered to try it again.
  expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
}

/** A ladder looked at; a preset made and deleted by who may. */
async function presets(page: Page, { name, edits }: { name: string; edits: boolean }): Promise<void> {
  await page.goto('/presets/preview');
  const ladder = page.getByRole('list', { name: /^Ladder/ });
  await ladder.getByText('640 × 360').waitFor();
  await page.getByLabel('For a source of').selectOption('portrait');
  await ladder.getByText('360 × 640').waitFor();
  const copy = page.getByRole('button', { name: 'Copy' });
  expect(await copy.count()).toBe(edits ? 1 : 0);
  if (!edits) return;
  await copy.click();
  await page.getByLabel('Title').fill(name);
  await page.getByLabel('Name', { exact: true }).fill(name.replace(' ', '-'));
  await page.getByRole('button', { name: 'Make the preset' }).click();
  await page.getByRole('heading', { name }).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete the preset' }).click();
  await page.getByRole('heading', { name: 'Presets' }).waitFor();
}

/** Light work is paused and goes on; the pages around it are there. */
async function operating(page: Page, operates: boolean): Promise<void> {
  for (const address of FOR_OPERATORS) {
    await page.goto(address);
    await page.getByRole('heading').first().waitFor();
    expect(await page.getByRole('heading', { name: 'This page is for operators' }).count()).toBe(operates ? 0 : 1);
  }
  if (!operates) return;
  await page.goto('/workers');
  const row = page.getByRole('row', { name: /^worker-1/ });
  await row.getByRole('button', { name: 'More for worker-1' }).click();
  await page.getByRole('menuitem', { name: /^Pause/ }).click();
  await row.getByText('Paused').waitFor();
  await row.getByRole('button', { name: 'More for worker-1' }).click();
  await page.getByRole('menuitem', { name: 'Resume' }).click();
  await row.getByText('Active').waitFor();
  await page.goto('/queues');
  await page.getByRole('button', { name: 'Pause all work' }).click();
  await page.getByRole('button', { name: 'Resume all work' }).click();
  await page.getByRole('button', { name: 'Pause all work' }).waitFor();
}

/** Own sessions; a key by who may have one; a workspace by who administers. */
async function settings(
  page: Page,
  { name, edits, administers }: { name: string; edits: boolean; administers: boolean },
): Promise<void> {
  await page.goto('/settings/account');
  await page.getByText('this browser').waitFor();
  await page.goto('/settings/keys');
  if (edits) {
    await page.getByRole('button', { name: 'Make an API key' }).first().click();
    await page.getByRole('dialog').getByLabel('Name').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Make the key' }).click();
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('button', { name: `Revoke ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke the key' }).click();
    await page.getByRole('button', { name: `Revoke ${name}` }).waitFor({ state: 'detached' });
  } else await page.getByRole('heading', { name: 'This page is for editors' }).waitFor();
  for (const address of FOR_ADMINISTRATORS) {
    await page.goto(address);
    await page.getByRole('heading').first().waitFor();
    expect(await page.getByRole('heading', { name: 'This page is for administrators' }).count()).toBe(
      administers ? 0 : 1,
    );
  }
  if (!administers) return;
  await page.goto('/settings/workspaces');
  await page.getByRole('button', { name: 'Add a workspace' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(`Workspace, ${name}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Add the workspace' }).click();
  await page.getByRole('button', { name: `0 members of Workspace, ${name}` }).waitFor();
  await page.goto('/settings/audit');
  await page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: `Workspace, ${name}` })
    .first()
    .waitFor();
}
