import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS, type MetricShape } from '@transcode/contracts';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const SHAPES: readonly MetricShape[] = Object.values(METRICS);
const NAMES = SHAPES.map(({ name }) => name);
const DOCUMENTS = ['*.md', 'docs/**/*.md', 'infra/helm/transcode/*.md', 'infra/k8s/**/*.md'];

/** Whether a name, or the beginning of names that a document cuts short by `…`, is one that a process exports. */
function isExported(told: string): boolean {
  const series = told.replace(/_(bucket|sum|count)$/, '');
  return told.endsWith('_')
    ? NAMES.some((name) => name.startsWith(told))
    : NAMES.some((name) => name === told || name === series);
}

test('documents name no metric that no process exports', () => {
  const told = DOCUMENTS.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\btranscode_[a-z_]+/g)].map(([name]) => ({ file, name })),
  );
  expect(told.length).toBeGreaterThan(100);
  expect(told.filter(({ name }) => !isExported(name))).toEqual([]);
});
