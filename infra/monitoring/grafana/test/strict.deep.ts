import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runTool } from '../../test/run-tool.ts';

const FOLDER = join(import.meta.dirname, '../strict');
const GO = ['go', '/usr/local/go/bin/go'].find((go) => spawnSync(go, ['version']).status === 0);
const DASHBOARDS = globSync('dashboards/*.json', { cwd: join(FOLDER, '..') }).map((name) => join('..', name));

// Compiling Grafana's types takes a minute or two the first time.
test.skipIf(GO === undefined)(
  'Grafana’s types in Go, which refuse what they do not know, read every dashboard',
  { timeout: 900_000 },
  async () => {
    expect(DASHBOARDS).toHaveLength(6);
    expect(await runTool(GO ?? 'go', ['run', '.', ...DASHBOARDS], FOLDER)).not.toContain('.json');
  },
);
