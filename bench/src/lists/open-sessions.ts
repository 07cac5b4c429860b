import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Role } from '@transcode/contracts';
import type { Database } from '@transcode/db';

interface NextAuthJwt {
  encode(options: { token: object; secret: string }): Promise<string>;
}

interface Wanted {
  readonly root: string;
  readonly authSecret: string;
  readonly role: Role;
  /** Each is a person of its own, as each may ask so often a minute. */
  readonly count: number;
}

/** The cookies of people who are signed in, as the console would have set them. Keys see one workspace, operators all. */
export async function openSessions(db: Database, { root, authSecret, role, count }: Wanted): Promise<string[]> {
  // It is the API's: the same that reads the cookie.
  const nextAuth: NextAuthJwt = createRequire(path.join(root, 'apps/api/package.json'))('next-auth/jwt');
  const cookies: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const session = randomBytes(32).toString('base64url');
    const secretHash = createHash('sha256').update(session).digest('hex');
    const expiresAt = new Date(Date.now() + 3_600_000);
    const person = {
      email: `${role}-${at}@example.org`,
      name: role,
      role,
      passwordHash: '-',
      mustChangePassword: false,
    };
    await db.user.create({ data: { ...person, sessions: { create: { secretHash, expiresAt } } } });
    cookies.push(`next-auth.session-token=${await nextAuth.encode({ token: { session }, secret: authSecret })}`);
  }
  return cookies;
}
