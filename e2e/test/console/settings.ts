import { expect, test } from 'vitest';
import { changePassword, signIn } from '../../src/console/door.ts';
import type { Stage } from '../../src/console/stage.ts';

const EMAIL = 'ines@example.org';
const NEXT = 'seven herons on the mole';

/** People, keys, sessions, and the log of what was changed. */
export function settings(stage: () => Stage): void {
  test('a user is added, signs in once with the password that was shown, and is made an operator', async () => {
    const page = await stage().visit();
    await page.goto('/settings');
    await page.getByRole('heading', { name: 'Account', exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/settings/account');
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('button', { name: 'Add a user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill(EMAIL);
    await dialog.getByLabel('Name').fill('Inês');
    await dialog.getByRole('button', { name: 'Add the user' }).click();
    const password = await dialog.locator('pre').innerText();
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    const row = page.getByRole('row').filter({ hasText: EMAIL });
    await row.getByText('Not yet').waitFor();

    const theirs = await stage().visit({ session: 'nobody' });
    await theirs.goto('/settings/users');
    await signIn(theirs, { email: EMAIL, password });
    await changePassword(theirs, password, NEXT);
    await theirs.getByRole('button', { name: 'Upload', exact: true }).waitFor();
    await theirs.goto('/settings/users');
    await theirs.getByRole('heading', { name: 'This page is for administrators' }).waitFor();
    expect(await theirs.getByRole('navigation', { name: 'Settings' }).getByRole('link').allInnerTexts()).toEqual([
      'Account and sessions',
      'API keys',
    ]);

    await row.getByRole('button', { name: 'More for Inês' }).click();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    await dialog.getByLabel('Role').selectOption({ label: 'Operator' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row.getByText('Operator', { exact: true }).first().waitFor();
  });

  test('the last administrator cannot be lost', async () => {
    const page = await stage().visit();
    stage().expectComplaints(page, /status of 409 .*users\.update/);
    await page.goto('/settings/users');
    const row = page.getByRole('row').filter({ hasText: 'admin@localhost' });
    await row.getByRole('button', { name: /^More for/ }).click();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Edit…']);
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Role').selectOption({ label: 'Viewer' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/only administrator who can sign in/)
      .waitFor();
  });

  test('a key is shown once, works, and is refused once it is revoked', async () => {
    const page = await stage().visit();
    await page.goto('/settings/keys');
    await page.getByRole('button', { name: 'Make an API key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Build server');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    const key = await dialog.locator('pre').innerText();
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    const ask = async () => {
      const response = await fetch(`${stage().installation.url}/api/v1/me`, {
        headers: { authorization: `Bearer ${key}` },
      });
      return response.status;
    };
    expect(await ask()).toBe(200);
    await page.getByRole('button', { name: 'Revoke Build server' }).click();
    await dialog.getByRole('button', { name: 'Revoke the key' }).click();
    await page.getByRole('button', { name: 'Revoke Build server' }).waitFor({ state: 'detached' });
    expect(await ask()).toBe(401);
  });

  test('another browser is signed out from here, asks nothing more, and is told why it has to sign in', async () => {
    const theirs = await stage().visit({ session: 'nobody' });
    stage().expectComplaints(theirs, /status of 401/);
    await theirs.goto('/jobs?state=failed');
    await signIn(theirs, { email: EMAIL, password: NEXT });
    await theirs.getByRole('button', { name: 'Account' }).waitFor();
    const other = await stage().visit({ session: 'nobody' });
    await other.goto('/settings/account');
    await signIn(other, { email: EMAIL, password: NEXT });
    await other.getByText('this browser').waitFor();
    await other.getByRole('button', { name: /^End (the|\d+) other session/ }).click();
    await other
      .getByRole('dialog')
      .getByRole('button', { name: /^End (the|\d+) session/ })
      .click();
    await other.getByRole('button', { name: /^End (the|\d+) other session/ }).waitFor({ state: 'detached' });
    expect(await other.getByRole('button', { name: /^End the session in/ }).count()).toBe(0);

    const asked: string[] = [];
    theirs.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await theirs.getByRole('heading', { name: 'Sign in' }).waitFor({ timeout: 5_000 });
    await theirs.getByText(/^You were signed out: elsewhere/).waitFor();
    expect(asked.filter((address) => address.startsWith('/api/trpc/jobs')).length).toBeLessThan(3);
    await signIn(theirs, { email: EMAIL, password: NEXT });
    await theirs.waitForURL('**/jobs?state=failed');
  });

  test('a workspace is added, and somebody let into it', async () => {
    const page = await stage().visit();
    await page.goto('/settings/workspaces');
    await page.getByRole('button', { name: 'Add a workspace' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Trailers');
    await dialog.getByRole('button', { name: 'Add the workspace' }).click();
    await page.getByRole('button', { name: '0 members of Trailers' }).click();
    await dialog.getByLabel('Add somebody').selectOption({ label: `Inês, ${EMAIL}` });
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('button', { name: 'Remove Inês' }).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: '1 member of Trailers' }).waitFor();
    expect(await page.getByRole('button', { name: '0 members of Trailers' }).count()).toBe(0);
  });

  test('the log tells who changed what, and is narrowed to a person and a deed', async () => {
    const page = await stage().visit();
    await page.goto('/settings/audit');
    const log = page.getByRole('main').getByRole('listitem');
    await log
      .filter({ hasText: 'changed ines@example.org, ' })
      .filter({ hasText: 'role from an editor to an operator' })
      .waitFor();
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Revoked an API key' });
    await log.filter({ hasText: 'revoked the API key Build server' }).waitFor();
    await log.filter({ hasText: 'made the API key' }).first().waitFor({ state: 'detached' });
    expect(await log.filter({ hasText: 'changed ines@example.org' }).count()).toBe(0);
    expect(new URL(page.url()).searchParams.get('action')).toBe('key.revoke');
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Save \d+ entr(y|ies) as CSV$/ }).click();
    expect((await started).suggestedFilename()).toBe('audit-log.csv');
    await page.getByRole('button', { name: 'Clear' }).click();
    await log.filter({ hasText: 'changed ines@example.org' }).first().waitFor();
  });

  test('a user and a workspace are erased once their names are typed, and their receipts are shown', async () => {
    const page = await stage().visit();
    await page.goto('/settings/users');
    const row = page.getByRole('row').filter({ hasText: EMAIL });
    await row.getByRole('button', { name: 'More for Inês' }).click();
    await page.getByRole('menuitem', { name: 'Erase…' }).click();
    const dialog = page.getByRole('dialog');
    const erase = dialog.getByRole('button', { name: 'Erase the user' });
    await dialog.getByLabel('E-mail').fill('ines@example.com');
    expect(await erase.isDisabled()).toBe(true);
    await dialog.getByLabel('E-mail').fill(EMAIL);
    await erase.click();
    await row.waitFor({ state: 'detached' });

    await page.goto('/settings/workspaces');
    await page.getByRole('button', { name: 'Erase Trailers' }).click();
    await dialog.getByLabel('Name').fill('Trailers');
    await dialog.getByRole('button', { name: 'Erase the workspace' }).click();
    await page.getByRole('button', { name: 'Erase Trailers' }).waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Erasures' }).click();
    const receipts = page.getByRole('table').getByRole('row');
    await receipts
      .filter({ hasText: 'User' })
      .filter({ hasText: 'by Admin' })
      .filter({ hasText: /\d rows/ })
      .waitFor();
    const workspace = receipts.filter({ hasText: 'Workspace' });
    await workspace.filter({ hasText: /\d rows?, \d objects?/ }).waitFor({ timeout: 60_000 });
    await page.goto('/settings/audit');
    const log = page.getByRole('main').getByRole('listitem');
    await log.filter({ hasText: 'erased a user and whatever was known of them' }).waitFor();
    expect(await log.filter({ hasText: EMAIL }).count()).toBe(0);
  });

  test('where nobody would hear of an alert, the page says what to do', async () => {
    const page = await stage().visit();
    await page.goto('/settings/alerts');
    await page.getByText('Nobody would hear of an alert').waitFor();
    expect(await page.getByText('./transcode up --monitoring').count()).toBe(1);
  });

  test('limits are told as they hold here', async () => {
    const page = await stage().visit();
    await page.goto('/settings/limits');
    await page.getByText('UPLOAD_MAX_BYTES').waitFor();
    const [largest] = await page.getByRole('definition').allInnerTexts();
    expect(largest).toBe('1.1 TB');
  });
}
