import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Role } from '@transcode/contracts';
import { hashSecret, randomSecret } from '../../src/identity/secret.ts';
import type { Installation, Person } from '../installation.ts';

const DAY_MS = 24 * 3_600_000;

interface Held {
  readonly person: Person;
  readonly session: string;
}

export interface Credentials extends AsyncDisposable {
  /** Where a session of somebody can be had, as `{ "session": … }`. */
  urlOf(name: string): string;
  /** Who is that just now. */
  personOf(name: string): Promise<Person>;
}

/** Somebody of a role, and where they are. */
export type Cast = Readonly<Record<string, { readonly role: Role; readonly workspaceId: string }>>;

/**
 * Hands out sessions that hold. What is tried ends sessions, disables accounts, and changes passwords and roles: whoever comes
 * back for a session gets the same one while it is good, and then another, of another person where the first is of no use either.
 */
export async function handOutCredentials(here: Installation, cast: Cast): Promise<Credentials> {
  const held = new Map<string, Held>();

  const holdFor = async (name: string): Promise<Held> => {
    const part = cast[name];
    if (part === undefined) throw new Error(`There is nobody called ${name}`);
    const { role, workspaceId } = part;
    const before = held.get(name);
    if (before !== undefined && (await isGood(here, before, role, workspaceId))) return before;
    const person = await here.person(role, { workspaceIds: [workspaceId] });
    const session = randomSecret();
    const expiresAt = new Date(Date.now() + DAY_MS);
    await here.db.session.create({ data: { userId: person.id, secretHash: hashSecret(session), expiresAt } });
    const now = { person, session };
    held.set(name, now);
    return now;
  };

  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const { session } = await holdFor((request.url ?? '').slice(1));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ session }));
    };
    answer().catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (name) => `http://127.0.0.1:${port}/${name}`,
    personOf: async (name) => (await holdFor(name)).person,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function isGood(here: Installation, { session }: Held, role: Role, workspaceId: string): Promise<boolean> {
  const row = await here.db.session.findUnique({
    where: { secretHash: hashSecret(session), revokedAt: null },
    include: { user: { include: { memberships: true } } },
  });
  if (row === null) return false;
  const { user } = row;
  const isIn = role === 'admin' || user.memberships.some((one) => one.workspaceId === workspaceId);
  return user.role === role && user.disabledAt === null && !user.mustChangePassword && isIn;
}
