import { readFile } from 'node:fs/promises';
import { ServerStartError } from './server-process.ts';

export interface SystemUser {
  uid: number;
  gid: number;
}

const CANDIDATES = ['postgres', 'nobody'];

/** Postgres refuses to run as root: whom to run it as, or undefined where we are not root and need nobody else. */
export async function unprivilegedUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of CANDIDATES) {
    const [, , uid, gid] = users.find((fields) => fields[0] === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new ServerStartError(
    'Postgres does not run as root, and this system has no user "postgres" or "nobody" to run it as.',
  );
}
