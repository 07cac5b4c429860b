import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const Manifest = z.object({ scripts: z.object({ test: z.string() }) });

const folders = globSync(['{apps,packages,infra}/*/package.json', '{bench,e2e}/package.json'], { cwd: ROOT })
  .map((manifest) => path.dirname(manifest))
  .toSorted();

describe('`pnpm test` in a package', () => {
  test.for(folders)('%s fails where its tests do, and only there', async (folder) => {
    const { scripts } = Manifest.parse(JSON.parse(await readFile(path.join(ROOT, folder, 'package.json'), 'utf8')));
    const tests = globSync(`${folder}/test/**/*.test.{ts,tsx}`, { cwd: ROOT });
    expect(scripts.test).toBe(tests.length === 0 ? 'vitest run --passWithNoTests' : 'vitest run');
  });
});
