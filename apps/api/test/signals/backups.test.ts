import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeBackup, writeDrill, type Drill, type Engine } from '@transcode/backup';
import { findTools } from '@transcode/servers';
import { openStorage } from '@transcode/storage';
import { createMetrics, type Metrics } from '@transcode/telemetry';
import { temporaryFolder, type TemporaryFolder } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BackupReader } from '../../src/services/backups/backup-reader.ts';
import { measureBackups } from '../../src/signals/measure-backups.ts';
import { install, type Installation } from '../installation.ts';
import { readingOf, scrape, type Reading } from './scrape.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const ROOT = path.resolve(import.meta.dirname, '../../../..');
const GOOD: Drill = {
  ...{ format: 1, at: '2026-11-01T04:00:00.000Z', product: '0.1.0', backup: '00000001-20261101T020000Z' },
  ...{ rtoSeconds: 12.5, rpoSeconds: 7_200, steps: { restore: 12.5 }, result: 'good' },
};

let here: Installation;
let folder: TemporaryFolder;
let engine: Engine;
let reader: BackupReader;
let metrics: Metrics;
const told: unknown[] = [];

beforeAll(async () => {
  here = await install();
  folder = await temporaryFolder('backups');
  const { postgresBin: bin } = await findTools({ root: ROOT, env: { PATH } });
  const store = openStorage(pathToFileURL(path.join(folder.path, 'store')).href, { reserveBytes: 0 });
  engine = {
    ...{ store, media: undefined, databaseUrl: here.env['DATABASE_URL'] ?? '', bin, product: '0.1.0' },
    ...{ scratch: path.join(folder.path, 'scratch'), recipients: [], identities: [] },
  };
  reader = new BackupReader(store, (error) => told.push(error));
  metrics = createMetrics('api');
  metrics.beforeScrape({ at: () => measureBackups(reader, { isArchived: true }), tells: [] });
});
afterAll(async () => {
  metrics.close();
  await reader.close();
  await here.dispose();
  await folder.remove();
});

/** What is told once the store was looked into again. */
async function lookAgain(): Promise<Reading> {
  await reader.read(performance.now());
  return readingOf((await metrics.scrape()).body);
}
const KIND = '{kind="postgres"}';
const ofDrill = (read: Reading): (number | undefined)[] =>
  ['passed', 'rto_seconds', 'rpo_seconds', 'timestamp_seconds'].map((what) => read(`backup_drill_${what}`));
const ABOUT_BACKUPS = ['timestamp_seconds', 'proof_timestamp_seconds', 'size_bytes', 'duration_seconds'];

test('an API that knows of no store tells nothing of backups', async () => {
  const api = await here.start();
  const text = await (await fetch(`${api.metricsUrl}/metrics`)).text();
  expect(text).toContain('transcode_storage_up 1');
  expect(text).not.toMatch(/^transcode_backup_/m);
});

test('of an empty store it tells that it can be read, and nothing else', async () => {
  const read = await lookAgain();
  expect(read('backup_store_up')).toBe(1);
  const text = (await metrics.scrape()).body;
  expect(text.match(/^transcode_backup_\w+/gm)).toEqual(['transcode_backup_store_up']);
});

test('a good one is told, one that fails changes nothing of it, and both are heard by Prometheus', async () => {
  const { manifest, proof } = await makeBackup(engine, 'asked');
  const first = await lookAgain();
  const of = (read: Reading): (number | undefined)[] =>
    ABOUT_BACKUPS.map((what) => read(`backup_last_success_${what}${KIND}`));
  expect(of(first)).toEqual([
    ...[Date.parse(manifest.begunAt) / 1000, Date.parse(proof.at) / 1000, manifest.file.bytes],
    expect.closeTo((Date.parse(manifest.endedAt) - Date.parse(manifest.begunAt)) / 1000 + proof.seconds, 3),
  ]);
  expect(first(`backup_last_failure_timestamp_seconds${KIND}`)).toBeUndefined();

  const before = Date.now() / 1000;
  await expect(makeBackup({ ...engine, recipients: ['age1typo'] }, 'asked')).rejects.toThrow('no key of age');
  const second = await lookAgain();
  expect(of(second)).toEqual(of(first));
  expect(second(`backup_last_failure_timestamp_seconds${KIND}`)).toBeGreaterThanOrEqual(before);

  const api = await here.start({ BACKUP_URL: pathToFileURL(path.join(folder.path, 'store')).href });
  const scraped = await scrape(api);
  expect(of(scraped)).toEqual(of(first));
});

test('a drill that passed has its times, and one that failed does not take them away', async () => {
  await writeDrill(engine.store, GOOD);
  const passed = await lookAgain();
  expect(ofDrill(passed)).toEqual([1, 12.5, 7_200, Date.parse(GOOD.at) / 1000]);
  const at = '2026-11-08T04:00:00.000Z';
  await writeDrill(engine.store, { ...GOOD, at, rtoSeconds: 1, result: 'bad', reason: 'nothing played' });
  expect(ofDrill(await lookAgain())).toEqual([0, 12.5, 7_200, Date.parse(at) / 1000]);
});

test('while the store is away it says so, and what it had is as old as it is; the log hears of it once', async () => {
  const before = await lookAgain();
  const store = path.join(folder.path, 'store');
  await rename(store, `${store}-away`);
  await writeFile(store, 'in the way');
  const away = await lookAgain();
  await lookAgain();
  const age = `backup_last_success_timestamp_seconds${KIND}`;
  expect([away('backup_store_up'), away(age)]).toEqual([0, before(age)]);
  expect(told).toHaveLength(1);
  await rm(store);
  await rename(`${store}-away`, store);
  expect((await lookAgain())('backup_store_up')).toBe(1);
});

test('nothing is read twice that cannot have changed', async () => {
  const asked: string[] = [];
  const counting = new BackupReader(
    new Proxy(engine.store, {
      get: (store, name) => {
        if (name === 'until') return () => counted;
        return Reflect.get(store, name);
      },
    }),
    () => undefined,
  );
  const counted = {
    ...engine.store,
    read: (key: string) => {
      asked.push(key);
      return engine.store.read(key);
    },
  };
  await counting.read();
  const once = asked.length;
  expect(once).toBeGreaterThan(3);
  await counting.read(performance.now());
  expect(asked).toHaveLength(once);
});
