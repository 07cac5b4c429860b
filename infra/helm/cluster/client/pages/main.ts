// What somebody at the pages has, from the same place as ../main.ts: `sign-in` prints the cookie of their session, `me` how the API answers to COOKIE. It
// prints one line of JSON.

const { API_URL = '', EMAIL = '', PASSWORD = '', COOKIE = '' } = process.env;
/** As the proxy says that stands before it. */
const BY_TLS = { 'x-forwarded-proto': 'https' };

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0] ?? '')
    .join('; ');

async function signIn(): Promise<object> {
  const asked = await fetch(new URL('/api/auth/csrf', API_URL), { headers: BY_TLS });
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const entered = await fetch(new URL('/api/auth/callback/credentials', API_URL), {
    method: 'POST',
    redirect: 'manual',
    headers: { ...BY_TLS, cookie: cookiesOf(asked) },
    body: new URLSearchParams({ csrfToken, email: EMAIL, password: PASSWORD, json: 'true' }),
  });
  const cookie = cookiesOf(entered);
  if (!cookie.includes('session-token='))
    throw new Error(`Nobody was let in: ${entered.status} ${await entered.text()}`);
  return { cookie };
}

async function me(): Promise<object> {
  const { status } = await fetch(new URL('/api/v1/me', API_URL), { headers: { ...BY_TLS, cookie: COOKIE } });
  return { status };
}

const said = process.argv[2] === 'sign-in' ? await signIn() : await me();
process.stdout.write(`${JSON.stringify(said)}\n`);
