import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import rootManifest from '../../../package.json' with { type: 'json' };
import { parse } from 'yaml';
import { CHART } from '../src/chart.ts';
import { written } from '../src/written.ts';

test('what a program writes of the chart is what it would write now: pnpm --filter @transcode/helm sync', async () => {
  const files = await written();
  const stale = files.filter(([path, text]) => readFileSync(join(CHART, path), 'utf8') !== text);
  expect(stale.map(([path]) => path)).toEqual([]);
  const there = globSync('files/monitoring/**/*.*', { cwd: CHART }).toSorted();
  expect(there).toEqual(
    files
      .map(([path]) => path)
      .filter((path) => path.startsWith('files/monitoring/'))
      .toSorted(),
  );
});

test('chart, images and what the API says have one version', () => {
  const { version, appVersion } = parse(readFileSync(join(CHART, 'Chart.yaml'), 'utf8')) as Record<string, string>;
  expect([version, appVersion]).toEqual([rootManifest.version, rootManifest.version]);
});

test('each template says one thing, on a page', () => {
  const long = globSync('templates/**/*.*', { cwd: CHART }).filter(
    (file) => readFileSync(join(CHART, file), 'utf8').split('\n').length > 150,
  );
  expect(long).toEqual([]);
});
