import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { written } from '../src/written.ts';

const FOLDER = join(import.meta.dirname, '..');

test('the files are what the source writes: `pnpm --filter @transcode/monitoring logs`', () => {
  const names = globSync('{loki,elastic}/*', { cwd: FOLDER });
  const now = written();
  expect(names.toSorted()).toEqual([...now.keys()].toSorted());
  const differ = [...now].filter(([name, text]) => readFileSync(join(FOLDER, name), 'utf8') !== text);
  expect(differ.map(([name]) => name)).toEqual([]);
});
