import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { runTool } from '../../test/run-tool.ts';
import { expressions } from './dashboard-files.ts';
import { parsed } from './promql/parsed.ts';

test('Prometheus itself takes every expression: kinds of values, too, fit together', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'transcode-dashboards-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const rules = expressions.map(({ expr }, index) => ({
    record: `panel:expression:${index}`,
    expr: parsed(expr).text,
  }));
  await writeFile(join(folder, 'panels.yml'), stringify({ groups: [{ name: 'panels', rules }] }));
  expect(await runTool('promtool', ['check', 'rules', 'panels.yml'], folder)).toContain(`${rules.length} rules found`);
});
