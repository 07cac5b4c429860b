import { expect, test } from 'vitest';
import { changePassword, signIn } from '../../src/console/door.ts';
import type { Stage } from '../../src/console/stage.ts';

export const PASSWORD = 'the harbour at half past five';
const ADMIN = 'admin@localhost';

/** From the address that `up` printed to the first page. */
export function door(stage: () => Stage): void {
  test('a stranger is led to the door, whatever page was asked for', async () => {
    const page = await stage().visit();
    await page.goto('/videos/00000000-0000-7000-8000-000000000000?from=mail');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe('/videos/00000000-0000-7000-8000-000000000000?from=mail');
    expect((await page.request.get('/api/v1/videos')).status()).toBe(401);
  });

  test('a wrong password is told in words', async () => {
    const page = await stage().visit();
    stage().expectComplaints(page, /status of 401 .*\/api\/auth\/callback\/credentials/);
    await page.goto('/');
    await signIn(page, { email: ADMIN, password: 'open sesame, please' });
    await page.getByRole('alert').getByText('The e-mail or the password is not right.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });

  test('the one-time password opens only the page where it is changed', async () => {
    const { password } = stage().installation;
    const page = await stage().visit();
    await page.goto('/');
    await signIn(page, { email: ADMIN, password });
    const heading = page.getByRole('heading', { name: 'Choose your own password' });
    await heading.waitFor();
    await page.goto('/');
    await heading.waitFor();
    expect((await page.request.get('/api/trpc/videos.list?input={}')).status()).toBe(403);

    await changePassword(page, password, 'short');
    await page.getByText('That is too short: 5 of at least 12 characters.').waitFor();
    await changePassword(page, password, password);
    await page.getByText('That is the old one. Choose another.').waitFor();
    await changePassword(page, password, PASSWORD, `${PASSWORD}!`);
    await page.getByText('The two are not the same.').waitFor();
    stage().expectComplaints(page, /status of 401 .*auth\.changePassword/);
    await changePassword(page, 'something else entirely', PASSWORD);
    await page.getByText('This is not the password you signed in with.').waitFor();

    await changePassword(page, password, PASSWORD);
    await page.getByRole('heading', { name: 'Drop your first video anywhere on this page' }).waitFor();
    stage().session = await page.context().storageState();
  });
}
