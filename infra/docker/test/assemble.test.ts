import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assemble } from '../src/assemble.ts';
import { isUnread, WORKSPACES, type AssembledImage } from '../src/what-runs.ts';
import { ROOT } from './dockerfile.ts';

/** How each is started, and what it says first where nothing is set. */
const STARTS: Readonly<Record<AssembledImage, readonly string[]>> = {
  api: ['src/main.ts'],
  worker: ['src/main.ts'],
  tools: ['src/inside/main.ts', 'user', 'list'],
};

describe.for(Object.keys(STARTS) as AssembledImage[])('what the image %s runs', (image) => {
  const out = mkdtempSync(join(tmpdir(), `assemble-${image}-`));
  let workspaces: readonly string[] = [];

  beforeAll(() => {
    workspaces = assemble(ROOT, image, out);
  });
  afterAll(() => rmSync(out, { recursive: true }));

  test('is all there: it starts, and only misses its settings', () => {
    const { stderr, status } = spawnSync(process.execPath, [...STARTS[image]], {
      cwd: join(out, WORKSPACES[image]),
      env: {},
      encoding: 'utf8',
    });
    expect(stderr).toContain('The environment is not complete. ');
    expect(status).toBe(1);
  });

  test('has each package too that is loaded only when it is needed', () => {
    const sources = workspaces.flatMap((folder) =>
      globSync(`${folder}/{src,alertmanager/src,prometheus/src}/**/*.ts`, { cwd: out }),
    );
    expect(sources.length).toBeGreaterThan(50);
    const lazily = sources.flatMap((file) =>
      [...readFileSync(join(out, file), 'utf8').matchAll(/\b(?:import|require(?:\.resolve)?)\('([^']+)'\)/g)].map(
        ([, name = '']) => [file, name] as const,
      ),
    );
    const missing = lazily.filter(([file, name]) => !resolves(join(out, file), name));
    // Of the command line, only what the tools call.
    expect(missing.filter(([file]) => !/^apps\/cli\/src\/(?!inside)/.test(file))).toEqual([]);
  });

  test('has every file of ours that is no test', () => {
    const ours = workspaces.flatMap((folder) => globSync(`${folder}/src/**/*.*`, { cwd: ROOT })).filter(isRead);
    expect(ours.filter((file) => !existsSync(join(out, file)))).toEqual([]);
    // All of them have the database.
    const migrations = globSync('packages/db/prisma/migrations/*/migration.sql', { cwd: ROOT });
    expect(migrations.length).toBeGreaterThan(0);
    expect(migrations.filter((file) => !existsSync(join(out, file)))).toEqual([]);
  });

  test('has nothing that only builds or tests', () => {
    const packages = globSync('node_modules/.pnpm/*', { cwd: out }).map((path) => path.split('/').at(-1) ?? '');
    expect(packages.length).toBeGreaterThan(40);
    expect(packages.filter((name) => /^(@types\+|typescript@|vitest@|prisma@|next@|react@|oxlint)/.test(name))).toEqual(
      [],
    );
    expect(globSync('{apps,packages,infra}/*/test', { cwd: out })).toEqual([]);
    expect(globSync('**/*.map', { cwd: out })).toEqual([]);
  });
});

const isRead = (file: string): boolean => !isUnread(`/${file}`);

function resolves(file: string, name: string): boolean {
  try {
    createRequire(file).resolve(name);
    return true;
  } catch {
    return false;
  }
}
