import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './dockerfile.ts';

const PATTERNS = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => ({ sends: line.startsWith('!'), expression: expressionOf(line.replace(/^!/, '')) }));

/** Builders' stars match names that begin with a dot too. */
function expressionOf(pattern: string): RegExp {
  const expression = pattern
    .replaceAll('.', String.raw`\.`)
    .split('**/')
    .map((part) => part.replaceAll('*', '[^/]*'))
    .join('(?:.*/)?');
  return new RegExp(`^${expression}(?:/|$)`);
}

/** As builders read it: the last pattern counts that matches the path or a folder above it. */
const isSent = (path: string): boolean => PATTERNS.findLast(({ expression }) => expression.test(path))?.sends ?? true;

test.for([
  '.git/config',
  '.tools/bin/ffmpeg',
  '.data/secrets.json',
  'apps/api/.data/secrets.json',
  '.env',
  'apps/api/.env.production',
  'node_modules/.pnpm/zod/index.js',
  'apps/console/node_modules/next/index.js',
  'apps/console/.next/BUILD_ID',
  'packages/db/src/generated/client.ts',
  'apps/api/test/audit.test.ts',
  'infra/docker/sbom/api.cdx.json',
  'infra/helm/transcode/values.yaml',
  'bench/src/main.ts',
  'docs/running.md',
  'a-dump-of-the-database.sql',
])('%s stays here', (path) => expect(isSent(path)).toBe(false));

test('all that is copied or installed from is sent', () => {
  const needed = [
    ...[
      '.npmrc',
      'package.json',
      'pnpm-lock.yaml',
      'pnpm-workspace.yaml',
      'tsconfig.base.json',
      'tools/install/main.ts',
    ],
    ...globSync(['{apps,packages}/*/package.json', 'infra/{docker,monitoring}/package.json'], { cwd: ROOT }),
    ...globSync(['{apps,packages}/*/src/**/*', 'packages/db/prisma/**/*', 'infra/docker/src/*.ts'], { cwd: ROOT }),
  ].filter((path) => !path.includes('/generated'));
  expect(needed.length).toBeGreaterThan(500);
  expect(needed.filter((path) => !isSent(path))).toEqual([]);
});
