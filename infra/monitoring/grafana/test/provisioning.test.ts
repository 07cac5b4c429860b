import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const FOLDER = join(import.meta.dirname, '../provisioning');

interface Source {
  readonly name: string;
  readonly uid: string;
  readonly type: string;
  readonly url: string;
  readonly jsonData: Readonly<Record<string, unknown>>;
}

const { datasources } = read('datasources/transcode.yml') as { datasources: Source[] };

test('there is one file of each, of the version that Grafana reads', () => {
  expect(globSync('*/*.yml', { cwd: FOLDER }).toSorted()).toEqual([
    'dashboards/transcode.yml',
    'datasources/transcode.yml',
  ]);
  expect(read('dashboards/transcode.yml')).toMatchObject({ apiVersion: 1, providers: [{ type: 'file' }] });
  expect(read('datasources/transcode.yml')).toMatchObject({ apiVersion: 1 });
});

test('each source of data has its address and its uid from the environment', () => {
  expect(datasources.map(({ type }) => type)).toEqual(['prometheus', 'alertmanager', 'jaeger', 'loki']);
  for (const { type, uid, url } of datasources)
    expect([uid, url]).toEqual([`$${type.toUpperCase()}_UID`, `$${type.toUpperCase()}_URL`]);
});

test('what leads from one to another names one that is there', () => {
  const led = [...JSON.stringify(datasources.map(({ jsonData }) => jsonData)).matchAll(/"datasourceUid":"([^"]+)"/g)];
  expect(led).toHaveLength(3);
  const uids = new Set(datasources.map(({ uid }) => uid));
  expect(led.map(([, uid = '']) => uid).filter((uid) => !uids.has(uid))).toEqual([]);
});

test('a dollar that is not of the environment stands twice', () => {
  const files = globSync('*/*.yml', { cwd: FOLDER }).map((name) => readFileSync(join(FOLDER, name), 'utf8'));
  const dollars = files.flatMap((text) => [...text.matchAll(/\$+\{/g)].map(([found]) => found));
  expect(new Set(dollars)).toEqual(new Set(['$${']));
});

function read(name: string): unknown {
  return parse(readFileSync(join(FOLDER, name), 'utf8'));
}
