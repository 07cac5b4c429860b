const ADMIN = 'admin@localhost';
const PASSWORD = 'correct horse battery staple';

/** The cookie of the administrator, who chose a password and came in by the console's door. */
export async function signInFirst(url: string, oneTimePassword: string): Promise<string> {
  const post = (path: string, body: object, authorization?: string): Promise<Response> =>
    fetch(`${url}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      body: JSON.stringify(body),
    });
  const signedIn = await post('sign-in', { email: ADMIN, password: oneTimePassword });
  const { session } = (await signedIn.json()) as { session: string };
  const changed = await post('password', { current: oneTimePassword, next: PASSWORD }, `Bearer ${session}`);
  if (!changed.ok) throw new Error(`The password could not be changed: ${changed.status} ${await changed.text()}`);

  const asked = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const entered = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { cookie: cookiesOf(asked) },
    body: new URLSearchParams({ csrfToken, email: ADMIN, password: PASSWORD, json: 'true' }),
  });
  const cookie = cookiesOf(entered);
  if (!cookie.includes('session-token='))
    throw new Error(`Nobody was let in: ${entered.status} ${await entered.text()}`);
  return cookie;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0] ?? '')
    .join('; ');
}
