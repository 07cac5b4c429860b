import { createRequire } from 'node:module';

interface NextAuthJwt {
  decode(options: { token: string; secret: string }): Promise<Record<string, unknown> | null>;
}

// Its own types bring in those of Next.js, which change Node's for the whole program.
const require = createRequire(import.meta.url);
const nextAuth: NextAuthJwt = require('next-auth/jwt');

const SECURE = '__Secure-next-auth.session-token';
const PLAIN = 'next-auth.session-token';

/** As next-auth names it: where people come by https, nothing that plain http could have set counts. */
export function sessionCookieNames(publicUrl: string | undefined): readonly string[] {
  if (publicUrl === undefined) return [SECURE, PLAIN];
  return [publicUrl.startsWith('https:') ? SECURE : PLAIN];
}

/** next-auth splits a token that is too long for one cookie into `name.0`, `name.1`, … */
function tokenNamed(name: string, cookies: ReadonlyMap<string, string>): string | undefined {
  const whole = cookies.get(name);
  if (whole !== undefined) return whole;
  const parts: string[] = [];
  for (let part = cookies.get(`${name}.0`); part !== undefined; part = cookies.get(`${name}.${parts.length}`)) {
    parts.push(part);
  }
  return parts.length === 0 ? undefined : parts.join('');
}

function parseCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0) cookies.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
  }
  return cookies;
}

async function sessionInToken(token: string, authSecret: string): Promise<string | undefined> {
  try {
    const payload = await nextAuth.decode({ token, secret: authSecret });
    const session = payload?.['session'];
    return typeof session === 'string' ? session : undefined;
  } catch {
    // Forged, expired or of an earlier AUTH_SECRET: the same as no cookie.
    return undefined;
  }
}

/** The session's secret that next-auth keeps in its encrypted cookie. */
export async function readSessionCookie(
  header: string | undefined,
  { authSecret, names }: { authSecret: string; names: readonly string[] },
): Promise<string | undefined> {
  if (header === undefined) return undefined;
  const cookies = parseCookies(header);
  for (const name of names) {
    const token = tokenNamed(name, cookies);
    const session = token === undefined ? undefined : await sessionInToken(token, authSecret);
    if (session !== undefined) return session;
  }
  return undefined;
}
