import { randomInt } from 'node:crypto';
import { PASSWORD } from './installation.ts';
import type { Installation, Person } from './installation.ts';

interface Api {
  readonly url: string;
}

/** Signs a person in at one process; returns the cookie that the console would then have. */
export async function signIn(here: Installation, api: Api, person: Person, password = PASSWORD): Promise<string> {
  return here.cookie(await openSession(api, person, password));
}

/** The secret of a new session. */
export async function openSession(api: Api, { email }: Person, password = PASSWORD): Promise<string> {
  const response = await fetch(`${api.url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': someAddress() },
    body: JSON.stringify({ email, password }),
  });
  if (response.status !== 200) throw new Error(await response.text());
  const { session }: { session: string } = JSON.parse(await response.text());
  return session;
}

/** Failed tries count by address, over all tests: each has its own. */
export function someAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
}
