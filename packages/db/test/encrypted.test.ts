import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTools, openDeafLine, startPostgres, type DeafLine, type RunningServer } from '@transcode/servers';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, isDatabaseUnavailable, migrate } from '../src/index.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const SILENT_MS = 1_000;

let folder: string;
let postgres: RunningServer & { port: number };
let line: DeafLine;

/** A Postgres that speaks TLS, by a certificate that only `ca.pem` vouches for. */
beforeAll(async () => {
  const tools = await findTools({ root: ROOT, env: { PATH: SEARCH_PATH } });
  folder = await mkdtemp(path.join(tmpdir(), 'transcode-encrypted-'));
  const options = { bin: tools.postgresBin, dataDir: path.join(folder, 'postgres'), password: 'of this test' };
  await (await startPostgres(options)).stop();
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const { uid, gid } = await stat(options.dataDir);
  for (const [name, text] of Object.entries({ 'server.key': key, 'server.crt': cert })) {
    const file = path.join(options.dataDir, name);
    await writeFile(file, text);
    await chown(file, uid, gid);
    await chmod(file, 0o600);
  }
  await writeFile(path.join(folder, 'ca.pem'), cert);
  postgres = await startPostgres({ ...options, settings: { ssl: 'on' } });
  line = await openDeafLine({ port: postgres.port });
});
afterAll(async () => {
  await line.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

function address(query: Readonly<Record<string, string>>): string {
  const url = new URL(postgres.url);
  url.host = `localhost:${line.port}`;
  url.search = String(new URLSearchParams(query));
  return url.href;
}

test('a database behind TLS is migrated and asked over it, and its silence is heard', async () => {
  const url = address({ sslmode: 'verify-full', sslrootcert: path.join(folder, 'ca.pem') });
  await migrate(url);
  const db = createDatabase(url, { poolSize: 1, silentMs: SILENT_MS });
  try {
    const encrypted = await db.$queryRaw`SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`;
    expect(encrypted).toEqual([{ ssl: true }]);
    // What is said inside TLS counts as said: the connection outlives the time of a silence.
    const first = await backend(db);
    for (const until = performance.now() + 2 * SILENT_MS; performance.now() < until;)
      expect(await backend(db)).toEqual(first);
    line.forget();
    const error: unknown = await db.video.count().catch((reason: unknown) => reason);
    expect(isDatabaseUnavailable(error)).toBe(true);
    expect(await db.video.count()).toBe(0);
  } finally {
    await db.$disconnect();
  }
});

test('one whose certificate nobody vouches for is refused', async () => {
  await expect(migrate(address({ sslmode: 'verify-full' }))).rejects.toThrow(/certificate/);
});

async function backend(db: ReturnType<typeof createDatabase>): Promise<unknown> {
  return db.$queryRaw`SELECT pg_backend_pid() AS pid`;
}
