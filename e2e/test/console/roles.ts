import { expect, test } from 'vitest';
import { signIn } from '../../src/console/door.ts';
import type { Stage } from '../../src/console/stage.ts';

/** Who may do what, and leaving. */
export function roles(stage: () => Stage): void {
  test('a viewer sees videos and nothing to change them with', async () => {
    const { email, password } = await stage().seedViewer();
    const page = await stage().visit({ session: 'nobody' });
    await page.goto('/');
    await signIn(page, { email, password });
    await page.getByRole('heading', { name: 'An empty file' }).waitFor();
    expect(await page.getByRole('button', { name: 'Upload' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^More for/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'An empty file' }).first().click();
    await page.getByRole('region', { name: 'What went wrong' }).waitFor();
    // To find something, to see what needs one, and one's account.
    const buttons = page.getByRole('button');
    expect(await buttons.count()).toBe(3);
    for (const name of [/^Find or do/, 'Nothing needs you', 'Account'])
      await page.getByRole('button', { name }).waitFor();
    const refused = await page.request.post('/api/uploads', {
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '5', 'upload-metadata': 'filename YS5tcDQ=' },
    });
    expect(refused.status()).toBe(403);
  });

  test('signed out, every page is closed and the old cookie is worth nothing', async () => {
    const page = await stage().visit();
    // What the page was asking for when the session ended is refused.
    stage().expectComplaints(page, /status of 401/);
    await page.goto('/');
    const cookies = await page.context().cookies();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.context().addCookies(cookies);
    for (const address of ['/', '/videos/gone', '/change-password']) {
      await page.goto(address);
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    }
    expect((await page.request.get('/api/v1/videos')).status()).toBe(401);
  });
}
