import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStorage, type Storage } from '@transcode/storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadBackup } from '../src/load.ts';
import type { Manifest } from '../src/manifest.ts';

const KEY = 'postgres/00000001-20260101T020000Z/database.dump';
/** More than a pipe holds. */
const BYTES = randomBytes(1024 ** 2);

let folder: string;
let store: Storage;
let manifest: Manifest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transcode-load-'));
  store = openStorage(pathToFileURL(folder).href, { reserveBytes: 0 });
  await store.put(KEY, BYTES);
  const sha256 = createHash('sha256').update(BYTES).digest('hex');
  manifest = { id: 'one', file: { key: KEY, bytes: BYTES.length, sha256, encryptedTo: [] as string[] } } as Manifest;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** With a pg_restore that is a script of ours: no server is asked. */
async function load(script: string, signal?: AbortSignal, from: Storage = store): Promise<unknown> {
  const bin = await mkdtemp(join(folder, 'bin-'));
  await writeFile(join(bin, 'pg_restore'), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, 'pg_restore'), 0o755);
  const url = 'postgresql://nobody:secret@127.0.0.1:9/none';
  return loadBackup({ store: from, manifest, identities: [], bin, url, signal, mayBeNewer: false }).then(
    () => 'loaded',
    (error: unknown) => error,
  );
}

test.each([
  {
    restore: 'that refuses it unread',
    script: 'echo "pg_restore: error: not an archive" >&2; exit 1',
    code: 'backup_damaged',
  },
  {
    restore: 'that refuses it in the middle',
    script: 'head -c 1000 >/dev/null; echo "pg_restore: error: unexpected end of file" >&2; exit 1',
    code: 'backup_damaged',
  },
  { restore: 'that refuses it at the end', script: 'cat >/dev/null; echo no >&2; exit 1', code: 'backup_damaged' },
  { restore: 'that is killed', script: 'head -c 1000 >/dev/null; kill -9 $$', code: 'restore_failed' },
  {
    restore: 'whose server has no room',
    script: 'cat >/dev/null; echo "ERROR:  could not extend file: No space left on device" >&2; exit 1',
    code: 'restore_failed',
  },
  { restore: 'that cannot be run', script: 'exit 127', code: 'restore_failed' },
])('a pg_restore $restore is $code', async ({ script, code }) => {
  expect(await load(script)).toMatchObject({ code });
});

test('a store that breaks off in the middle says nothing of the backup', async () => {
  let reads = 0;
  const breaking: Storage = {
    ...store,
    get: async (key) => {
      const body = await store.get(key);
      reads += 1;
      // The first reading is for the checksum.
      if (reads === 2) body.once('data', () => body.destroy(new Error('the line went dead')));
      return body;
    },
  };
  expect(await load('cat >/dev/null; echo "unexpected end of file" >&2; exit 1', undefined, breaking)).toMatchObject({
    code: 'restore_failed',
    message: expect.stringContaining('the line went dead'),
  });
});

test('a stop is a stop', async () => {
  expect(await load('cat >/dev/null; exit 1', AbortSignal.abort())).toMatchObject({ name: 'AbortError' });
});
