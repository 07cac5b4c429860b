import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { startStack, type Stack } from '@transcode/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { only, type Container, type Manifest } from './helm/manifest.ts';
import { INSTALL, render } from './helm/render.ts';

// The commands and the environment that the chart gives its CronJobs, run here against a real Postgres, Redis and S3.

// Each starts servers of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

const PROGRAM = resolve(import.meta.dirname, '../../../apps/cli/src/inside/main.ts');
const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
type Job = 'postgres-backup' | 'redis-backup' | 'restore' | 'drill';
type Secrets = Record<string, Record<string, string>>;
type Ran = Awaited<ReturnType<typeof run>>;

let stack: Stack;
let objects: Manifest[];
/** What the Secrets hold that the chart names. */
let secrets: Secrets;
let folder: string;
/** How the first backup was made, which is good, and what is listed of it; whatever fails leaves it. */
let first: Ran;
let good: string;

beforeAll(async () => {
  stack = await startStack({ s3: true });
  folder = await mkdtemp(join(tmpdir(), 'backup-command-'));
  await chmod(folder, 0o711);
  const { endpoint = '', region = '', bucket = '', accessKeyId = '', secretAccessKey = '' } = stack.s3 ?? {};
  secrets = {
    'own-postgres': { url: stack.databaseUrl },
    'own-redis': { url: stack.redisUrl },
    'own-store': { accessKeyId, secretAccessKey },
    'storage-credentials': { accessKeyId, secretAccessKey },
  };
  objects = await render([
    ...INSTALL,
    ...[
      'postgres.enabled=false,secrets.postgres.existingSecret=own-postgres',
      'redis.enabled=false,secrets.redis.existingSecret=own-redis',
      `storage.s3.bucket=${bucket},storage.s3.prefix=media,storage.s3.region=${region},storage.s3.endpoint=${endpoint}`,
      `backup.url=s3://${bucket}/backups,backup.region=${region},backup.endpoint=${endpoint},backup.existingSecret=own-store`,
      'settings.DISK_RESERVE_MIB=0',
    ].flatMap((values) => ['--set', values]),
  ]);
  await sql('CREATE TABLE extra AS SELECT n FROM generate_series(1, 1000) n');
  first = await run('postgres-backup');
  good = await oldest();
});
afterAll(async () => {
  await stack.dispose();
  await rm(folder, { recursive: true, force: true });
});

interface Told {
  readonly more?: readonly string[];
  readonly secrets?: Secrets;
  /** A folder of Postgres' programs. */
  readonly bin?: string;
}

/** As the kubelet starts it, but for the volume of scratch, which is a folder here. */
async function run(job: Job, { more = [], secrets: changed = {}, bin }: Told = {}) {
  const pod = only(objects, 'CronJob', job).spec.jobTemplate.spec.template.spec;
  const { args = [], env = [] } = pod.containers[0] as Container;
  const there = { ...secrets, ...changed };
  const variables = env.map(({ name, value, valueFrom }): [string, string | undefined] => [
    name,
    valueFrom?.secretKeyRef === undefined ? value : there[valueFrom.secretKeyRef.name]?.[valueFrom.secretKeyRef.key],
  ]);
  const scratch = await mkdtemp(join(folder, 'scratch-'));
  await chmod(scratch, 0o711);
  const child = spawn(process.execPath, [PROGRAM, ...args.slice(1), ...more], {
    env: {
      ...Object.fromEntries(variables),
      SCRATCH_DIR: scratch,
      PATH: bin === undefined ? SEARCH_PATH : `${bin}:${SEARCH_PATH}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<number | null>((done) => child.once('close', done));
  const [code, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr, left: await readdir(scratch) };
}

/** Postgres' programs, of which one has a script in its place that finds the real one in `$real`. */
async function binWith(name: string, script: string): Promise<string> {
  const bin = join(folder, `bin-${crypto.randomUUID()}`);
  await mkdir(bin, { mode: 0o755 });
  for (const program of await readdir(stack.tools.postgresBin))
    if (program !== name) await symlink(join(stack.tools.postgresBin, program), join(bin, program));
  const asked = `real='${join(stack.tools.postgresBin, name)}'\n[ "$1" != --version ] || exec "$real" "$@"\n`;
  await writeFile(join(bin, name), `#!/bin/bash\n${asked}${script}\n`, { mode: 0o755 });
  return bin;
}

async function sql(statement: string, url = stack.databaseUrl): Promise<string> {
  const { stdout } = await promisify(execFile)(join(stack.tools.postgresBin, 'psql'), ['-Atc', statement, url]);
  return stdout;
}

const withPassword = (url: string, password: string): string => {
  const wrong = new URL(url);
  wrong.password = password;
  return wrong.href;
};

/** The line of the first backup, without how old it is. */
const oldest = async (): Promise<string> => {
  const [line = ''] = (await run('postgres-backup', { more: ['--list'] })).stdout.split('\n');
  return line.replace(/ +\d+ (s|min) +/, ' ');
};

/** How one ended, and what became of the first backup. */
const outcome = async ({ code, left, stderr }: Ran): Promise<object> => ({
  ...{ code, left, older: await oldest() },
  said: stderr.split('\n').filter((line) => line.startsWith('transcode: ')),
  hasStack: /\n\s+at /.test(stderr),
});
/** One sentence, a code that fails the Job, nothing left in scratch, and the first backup counts as it did: the last test restores it. */
const refused = (sentence: RegExp): object => ({
  ...{ code: 1, left: [], older: good, hasStack: false },
  said: [expect.stringMatching(sentence)],
});

test('a backup is made, and counts once it was restored', () => {
  expect(first).toMatchObject({ code: 0, left: [], stdout: expect.stringContaining('Restored and compared in') });
  expect(good).toMatch(/^00000001-\S+ .* restored /);
});

test('a wrong password is told, and nothing is made', async () => {
  const url = withPassword(stack.databaseUrl, 'wrong');
  expect(await outcome(await run('postgres-backup', { secrets: { 'own-postgres': { url } } }))).toEqual(
    refused(/No backup was made, .* password authentication failed/),
  );
  const redis = await run('redis-backup', {
    secrets: { 'own-redis': { url: withPassword(stack.redisUrl, 'wrong') } },
  });
  expect(await outcome(redis)).toEqual(refused(/No backup was made, .*WRONGPASS/));
});

test('a store that is down, or that does not know the key, is told', async () => {
  const keys = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'nothing' };
  expect(await outcome(await run('postgres-backup', { secrets: { 'own-store': keys } }))).toEqual(
    refused(/[Ss]torage/),
  );
  let told: Ran[] = [];
  await stack.outage('s3', async () => {
    told = await Promise.all([run('postgres-backup'), run('redis-backup')]);
  });
  // It listens before it has found again what it has.
  await vi.waitFor(async () => expect(await oldest()).toBe(good), { timeout: 60_000, interval: 250 });
  for (const each of told) expect(await outcome(each)).toEqual(refused(/[Ss]torage/));
});

test('a dump that lacks its last byte does not count, though pg_dump ended well', async () => {
  const bin = await binWith('pg_dump', '"$real" "$@" | head -c -1');
  expect(await outcome(await run('postgres-backup', { bin }))).toEqual(
    refused(/The backup 0\S+ does not count, .*pg_restore/),
  );
  const list = (await run('postgres-backup', { more: ['--list'] })).stdout;
  expect(list).toMatch(/^0{7}2-\S+ .*cannot be restored/m);
});

test('of two at once one is refused', async () => {
  const both = await Promise.all([run('postgres-backup'), run('postgres-backup')]);
  expect(both.filter(({ code }) => code === 0)).toHaveLength(1);
  const other = both.find(({ code }) => code !== 0);
  expect(await outcome(other as Ran)).toEqual(refused(/Another backup of this database is being made/));
});

test('Redis is backed up without Postgres, Postgres without Redis', async () => {
  let told: Ran | undefined;
  await stack.outage('redis', async () => {
    told = await run('postgres-backup');
  });
  expect(told).toMatchObject({ code: 0, left: [] });
  await stack.outage('postgres', async () => {
    told = await run('redis-backup');
  });
  expect(told).toMatchObject({ code: 0, left: [], stdout: expect.stringMatching(/\d keys?, .*\nLoaded by Redis 7/) });
});

test('a drill needs the stores alone, tells what it took, and is listed', async () => {
  let told: Ran | undefined;
  await stack.outage('postgres', () =>
    stack.outage('redis', async () => {
      told = await run('drill');
    }),
  );
  expect(told).toMatchObject({
    ...{
      code: 0,
      left: [],
      stdout: expect.stringMatching(/^Good: 0\S+, .*\nRTO \d+ s: .* all rows; nothing was .*\nRPO \d+ \w+: /),
    },
    stderr: expect.stringMatching(/^Restoring 0\S+ into a Postgres of its own …\n$/),
  });
  expect((await run('drill', { more: ['--list'] })).stdout).toMatch(/ {2}RTO +\d+ s {2}RPO +\d+ \w+ {2}good\n$/);
});

test('a drill without Postgres’ programs fails, and says so; one in a store that is down is none', async () => {
  const bin = await binWith('pg_restore', 'exit 1');
  expect(await outcome(await run('drill', { bin }))).toEqual(refused(/The drill with 0\S+ failed: /));
  expect((await run('drill', { more: ['--list'] })).stdout).toMatch(/ {2}bad: .*\n$/);
  let away: Ran | undefined;
  await stack.outage('s3', async () => {
    away = await run('drill');
  });
  // It listens before it has found again what it has.
  await vi.waitFor(async () => expect(await oldest()).toBe(good), { timeout: 60_000, interval: 250 });
  expect(await outcome(away as Ran)).toEqual(refused(/[Ss]torage/));
});

test('without a place for backups nothing begins', async () => {
  const args = [PROGRAM, 'backup'];
  const child = spawn(process.execPath, args, {
    env: { PATH: SEARCH_PATH, DATABASE_URL: stack.databaseUrl, STORAGE_URL: 's3://x', SCRATCH_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<number | null>((done) => child.once('close', done));
  expect(await text(child.stderr)).toContain('BACKUP_URL has to say where backups are');
  expect(await closed).toBe(1);
});

test('a restore puts nothing over rows; into a database that has nothing it puts what the first backup had', async () => {
  expect(await outcome(await run('restore'))).toEqual(refused(/There are rows in the database, .*restore\.replace/));
  const postgres = stack.databaseUrl.replace(/\/[^/]+$/, '/postgres');
  await sql('DROP DATABASE transcode', postgres);
  await sql('CREATE DATABASE transcode', postgres);
  const [id = ''] = good.split(' ');
  const restored = await run('restore', { more: [id] });
  expect(restored).toMatchObject({ code: 0, left: [], stdout: expect.stringContaining(`Restored ${id}: `) });
  expect(await sql('SELECT count(*), sum(n) FROM extra')).toBe('1000|500500\n');
});
