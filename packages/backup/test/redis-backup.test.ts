import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { createServer, getCACertificates, setDefaultCACertificates, type Server } from 'node:tls';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { openStorage, type Storage } from '@transcode/storage';
import { startStack, type Stack } from '@transcode/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { backUpRedis } from '../src/index.ts';
import type { RedisEngine } from '../src/redis/redis-engine.ts';
import { redisKey, tidyRedisBackups } from '../src/redis/redis-store.ts';
import { unseal } from '../src/seal.ts';
import { runProgram } from '../src/run-program.ts';

let stack: Stack;
let store: Storage;
let engine: RedisEngine;

beforeAll(async () => {
  stack = await startStack();
  const url = new URL(stack.redisUrl);
  const said = runProgram('redis-cli', {
    bin: dirname(stack.tools.redisServer),
    args: ['-p', url.port],
    env: { REDISCLI_AUTH: decodeURIComponent(url.password) },
    signal: undefined,
  });
  said.stdin.end('SET one 1\nSELECT 3\nRPUSH two a b c\n');
  said.stdout.resume();
  await said.ended;
});
afterAll(() => stack.dispose());

beforeEach(() => {
  store = openStorage(pathToFileURL(join(stack.folder, `redis-backups-${crypto.randomUUID()}`)).href, {
    reserveBytes: 0,
  });
  engine = {
    ...{ store, redisUrl: stack.redisUrl, bin: dirname(stack.tools.redisServer) },
    ...{ scratch: join(stack.folder, 'redis-scratch'), recipients: [], keptDays: 30, product: '0.1.0' },
  };
});

async function keysIn(of: Storage): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of of.list('redis/')) keys.push(key);
  return keys;
}

describe('a backup of Redis', () => {
  test('was loaded before it counts, and nothing is left beside it', async () => {
    const { manifest, removed } = await backUpRedis(engine);
    expect(manifest).toMatchObject({ format: 1, kind: 'redis', keys: 2, server: expect.stringMatching(/^\d+\.\d+/) });
    expect(removed).toEqual([]);
    expect(await keysIn(store)).toEqual([redisKey(manifest.id, 'dump.rdb'), redisKey(manifest.id, 'manifest.json')]);
    const stored = await store.read(manifest.file.key);
    expect([stored.subarray(0, 5).toString(), stored.byteLength]).toEqual(['REDIS', manifest.file.bytes]);
    expect(await readdir(engine.scratch)).toEqual([]);
  });

  test('is encrypted to a public key, and proven without the private one', async () => {
    const identity = await generateX25519Identity();
    const { manifest } = await backUpRedis({ ...engine, recipients: [await identityToRecipient(identity)] });
    expect(manifest).toMatchObject({ keys: 2, file: { key: expect.stringMatching(/\.rdb\.age$/) } });
    expect((await store.read(manifest.file.key)).includes('REDIS')).toBe(false);
    const opened = await unseal(await store.get(manifest.file.key), [identity], manifest.id);
    expect(
      Buffer.concat((await opened.toArray()) as Buffer[])
        .subarray(0, 5)
        .toString(),
    ).toBe('REDIS');
  });
});

describe('behind a door that speaks TLS', () => {
  let door: Server;
  let url: URL;
  let certificate: string;
  beforeAll(async () => {
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(stack.folder, name));
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=localhost', '-keyout', key ?? '', '-out', cert ?? ''],
    ]);
    certificate = await readFile(cert ?? '', 'utf8');
    url = new URL(stack.redisUrl.replace('redis:', 'rediss:'));
    const { port } = url;
    door = createServer({ key: await readFile(key ?? ''), cert: certificate }, (client) => {
      const server = connect(Number(port), '127.0.0.1');
      for (const end of [client, server])
        end.on('error', () => undefined).on('close', () => [client, server].map((each) => each.destroy()));
      client.pipe(server).pipe(client);
    });
    door.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
    await once(door, 'listening');
    url.port = String((door.address() as AddressInfo).port);
  });
  afterAll(() => void door.close());

  test('it is backed up by who trusts its certificate, and by nobody else', async () => {
    await expect(backUpRedis({ ...engine, redisUrl: url.href })).rejects.toMatchObject({
      code: 'backup_failed',
      message: expect.stringMatching(/certificate/),
    });
    // As NODE_EXTRA_CA_CERTS does for a process that starts.
    setDefaultCACertificates([...getCACertificates('default'), certificate]);
    expect((await backUpRedis({ ...engine, redisUrl: url.href })).manifest.keys).toBe(2);
  });
});

/** Redis' programs, of which redis-cli has a script behind it where it gets a dump: the file is `$file`. */
async function binWith(script: string): Promise<string> {
  const bin = join(stack.folder, `redis-bin-${crypto.randomUUID()}`);
  await mkdir(bin);
  const real = dirname(stack.tools.redisServer);
  await symlink(stack.tools.redisServer, join(bin, 'redis-server'));
  const path = join(bin, 'redis-cli');
  await writeFile(
    path,
    `#!/bin/bash\n'${join(real, 'redis-cli')}' "$@" || exit 1\nfile=\${@: -1}\n[ ! -f "$file" ] || { ${script}; }\n`,
  );
  await chmod(path, 0o755);
  return bin;
}

describe('no backup counts', () => {
  test.each([
    { what: 'lacks its last byte', script: 'truncate -s -1 "$file"', says: /short read|unexpected|EOF|terminating/i },
    { what: 'is empty', script: ': > "$file"', says: /short read|unexpected|EOF|wrong|terminating/i },
    {
      what: 'is of something else',
      script: 'echo ERR > "$file"',
      says: /wrong|short read|unexpected|terminating|format/i,
    },
  ])('whose dump $what', async ({ script, says }) => {
    const error: unknown = await backUpRedis({ ...engine, bin: await binWith(script) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: expect.stringMatching(/^backup_(damaged|failed)$/) });
    expect(String(error)).toMatch(says);
    expect((await keysIn(store)).filter((key) => key.endsWith('manifest.json'))).toEqual([]);
  });

  test('of a Redis that is not there, or that does not let us in', async () => {
    const url = new URL(stack.redisUrl);
    url.port = '9';
    await expect(backUpRedis({ ...engine, redisUrl: url.href })).rejects.toMatchObject({
      code: 'backup_failed',
      message: expect.stringContaining('Could not connect'),
    });
    const wrong = new URL(stack.redisUrl);
    wrong.password = 'wrong';
    await expect(backUpRedis({ ...engine, redisUrl: wrong.href })).rejects.toMatchObject({
      message: expect.stringContaining('WRONGPASS'),
    });
    expect(await keysIn(store)).toEqual([]);
  });
});

const day = (number: number): string => `202601${String(number).padStart(2, '0')}T030000Z-0000000a`;

test('old ones go once as many came after them; what never counted goes without being counted', async () => {
  for (let number = 1; number <= 9; number += 1) {
    await store.put(redisKey(day(number), 'dump.rdb'), Buffer.from('x'));
    if (number !== 2) await store.put(redisKey(day(number), 'manifest.json'), Buffer.from('{}'));
  }
  const ended = new Date(Date.UTC(2026, 0, 9, 4));
  expect(await tidyRedisBackups(store, ended, 7)).toEqual([day(1)]);
  expect((await keysIn(store)).some((key) => key.includes(day(2)))).toBe(false);
  // However far a clock is ahead.
  expect(await tidyRedisBackups(store, new Date(Date.UTC(2046, 0, 1)), 7)).toEqual([]);
  expect(await keysIn(store)).toHaveLength(14);
});
