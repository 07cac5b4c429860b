import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { written } from '../src/written.ts';

const FOLDER = join(import.meta.dirname, '../dashboards');

test('the files are what the source writes: `pnpm --filter @transcode/monitoring dashboards`', () => {
  const files = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]));
  const now = written();
  expect([...files.keys()].toSorted()).toEqual([...now.keys()].toSorted());
  expect([...now].filter(([name, text]) => files.get(name) !== text).map(([name]) => name)).toEqual([]);
});

test('the same is written twice', () => {
  expect([...written()]).toEqual([...written()]);
});
