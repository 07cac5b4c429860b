import { randomUUID } from 'node:crypto';
import { ROLES, type KeyReach, type Role } from '@transcode/contracts';
import { hashSecret } from '../../src/identity/secret.ts';
import type { RunningApi } from '../../src/start.ts';
import type { Installation } from '../installation.ts';
import { someAddress } from '../sign-in.ts';

/** Whoever asks: what they may, and how they say who they are. */
export interface Caller {
  readonly name: string;
  readonly kind: 'nobody' | 'person' | 'key';
  readonly role: Role;
  readonly id: string;
  /** Whether what is another workspace's is there for them. */
  readonly seesAll: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

type Make = () => Promise<Caller>;

const nobody: Make = () =>
  Promise.resolve({
    ...{ name: 'nobody', kind: 'nobody', role: 'viewer', id: randomUUID(), seesAll: false },
    headers: { 'x-forwarded-for': someAddress() },
  });

/** How to make each kind of caller of a workspace. */
export function callersOf(here: Installation, api: RunningApi, workspaceId: string): Make[] {
  const person =
    (role: Role): Make =>
    async () => {
      const { id } = await here.person(role, { workspaceIds: [workspaceId] });
      const secret = randomUUID();
      const expiresAt = new Date(Date.now() + 3_600_000);
      await here.db.session.create({ data: { userId: id, secretHash: hashSecret(secret), expiresAt } });
      const headers = { cookie: await here.cookie(secret), origin: api.url, 'x-forwarded-for': someAddress() };
      const seesAll = role === 'operator' || role === 'admin';
      return { name: `person ${role}`, kind: 'person', role, id, seesAll, headers };
    };
  const key =
    (role: Role, reach: KeyReach): Make =>
    async () => {
      const secret = await here.key(role, workspaceId, reach);
      const { id } = await here.db.apiKey.findUniqueOrThrow({ where: { secretHash: hashSecret(secret) } });
      const headers = { authorization: `Bearer ${secret}`, 'x-forwarded-for': someAddress() };
      return { name: `key ${role} ${reach}`, kind: 'key', role, id, seesAll: reach === 'all', headers };
    };
  return [nobody, ...ROLES.flatMap((role) => [person(role), key(role, 'workspace'), key(role, 'all')])];
}
