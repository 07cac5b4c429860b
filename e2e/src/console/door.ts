import type { Page } from 'playwright-core';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Fills in the sign-in page that is shown. Where it leads is for the caller to see. */
export async function signIn(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Fills in the form for a new password that is shown. */
export async function changePassword(page: Page, current: string, next: string, again = next): Promise<void> {
  await page.getByLabel(/^(One-time password|Password until now)$/).fill(current);
  await page.getByLabel('New password', { exact: true }).fill(next);
  await page.getByLabel('New password, once more').fill(again);
  await page.getByRole('button', { name: 'Change the password' }).click();
}
