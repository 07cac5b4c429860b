import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTools, startPostgres } from '@transcode/servers';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated, empty database that each test file copies for itself. */
    templateUrl: string;
  }
}

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** One Postgres for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tools = await findTools({ root: ROOT, env: { PATH: SEARCH_PATH } });
  const folder = await mkdtemp(path.join(tmpdir(), 'transcode-db-'));
  const server = await startPostgres({
    bin: tools.postgresBin,
    dataDir: path.join(folder, 'postgres'),
    password: randomBytes(12).toString('base64url'),
  });
  await migrate(server.url);
  project.provide('templateUrl', server.url);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
