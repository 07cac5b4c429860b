import { randomBytes, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { KeyReach, Role } from '@transcode/contracts';
import { createDatabase } from '@transcode/db';
import type { Database } from '@transcode/db';
import { openNamedStorage } from '@transcode/storage';
import type { Storage } from '@transcode/storage';
import { temporaryFolder } from '@transcode/testing';
import { inject } from 'vitest';
import { parseEnv } from '../src/env.ts';
import { hashPassword } from '../src/identity/password.ts';
import { startApi } from '../src/start.ts';
import type { RunningApi } from '../src/start.ts';
import { makeKey } from '../src/services/keys/make-key.ts';
import { freshDatabase } from './fresh-database.ts';

interface NextAuthJwt {
  encode(options: { token: object; secret: string }): Promise<string>;
}
const require = createRequire(import.meta.url);
const nextAuth: NextAuthJwt = require('next-auth/jwt');

export const PASSWORD = 'correct horse battery staple';

export interface Person {
  readonly id: string;
  readonly email: string;
}

/** An installation of its own, with any number of API processes, and means to put things into its database. */
export interface Installation {
  readonly db: Database;
  /** The same that the processes write to. */
  readonly storage: Storage;
  readonly authSecret: string;
  readonly env: Record<string, string>;
  readonly workspaceId: string;
  start(more?: Record<string, string>): Promise<RunningApi>;
  person(role: Role, options?: { mustChangePassword?: boolean; workspaceIds?: string[] }): Promise<Person>;
  key(role: Role, workspaceId?: string, reach?: KeyReach): Promise<string>;
  workspace(): Promise<string>;
  /** The cookie that next-auth sets for a session. */
  cookie(session: string): Promise<string>;
  dispose(): Promise<void>;
}

interface InstallOptions {
  readonly storage?: 'files' | 's3';
  /** What it stands on, where that is not the servers of all tests. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function install({ storage: kind = 'files', env: own = {} }: InstallOptions = {}): Promise<Installation> {
  const folder = await temporaryFolder('api');
  const databaseUrl = own['DATABASE_URL'] ?? (await freshDatabase(inject('templateUrl')));
  const authSecret = randomBytes(32).toString('hex');
  const bucket = inject('s3');
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: inject('redisUrl'),
    ...inject('watchers'),
    ...(kind === 's3'
      ? { ...bucket, STORAGE_URL: `${bucket['STORAGE_URL'] ?? ''}/${randomUUID()}` }
      : { STORAGE_URL: pathToFileURL(folder.path).href }),
    ...own,
    AUTH_SECRET: authSecret,
    GRANT_SECRET: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'silent',
    // Tests come from addresses of their own.
    TRUSTED_PROXIES: '127.0.0.1',
    PORT: '0',
    METRICS_PORT: '0',
  };
  const db = createDatabase(databaseUrl, { poolSize: 3 });
  const storage = openNamedStorage(parseEnv(env));
  const workspace = async (): Promise<string> => (await db.workspace.create({ data: { name: randomUUID() } })).id;
  const workspaceId = await workspace();
  const passwordHash = await hashPassword(PASSWORD);
  const running: RunningApi[] = [];
  return {
    db,
    storage,
    authSecret,
    env,
    workspaceId,
    workspace,
    async start(more = {}) {
      const api = await startApi(parseEnv({ ...env, ...more }));
      running.push(api);
      return api;
    },
    async person(role, { mustChangePassword = false, workspaceIds = [workspaceId] } = {}) {
      const email = `${randomUUID()}@example.org`;
      const memberships = { create: workspaceIds.map((id) => ({ workspaceId: id })) };
      const data = { email, name: role, role, passwordHash, mustChangePassword, memberships };
      return db.user.create({ data, select: { id: true, email: true } });
    },
    async key(role, inWorkspace = workspaceId, reach = 'workspace') {
      const made = await makeKey(db, { name: role, role, reach, workspaceId: inWorkspace, behind: 'local' });
      return made.key;
    },
    async cookie(session) {
      const token = await nextAuth.encode({ token: { session }, secret: authSecret });
      return `next-auth.session-token=${token}`;
    },
    async dispose() {
      await Promise.all(running.map((api) => api.stop()));
      await storage.close();
      await db.$disconnect();
      await folder.remove();
    },
  };
}
