import { globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { localPrometheusYaml } from '../prometheus/src/local-prometheus.ts';
import { runTool } from './run-tool.ts';

const RULES = globSync('*.yml', { cwd: resolve(import.meta.dirname, '../prometheus/rules') });

test.for([
  { runbooks: '/srv/transcode/docs/runbooks', grafana: undefined },
  { runbooks: 'https://wiki.example.org/runbooks/', grafana: 'https://grafana.example.org/' },
])('what `up --monitoring` writes is taken from any folder: %o', async (links) => {
  const folder = await mkdtemp(join(tmpdir(), 'transcode-prometheus-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const text = localPrometheusYaml(links);
  await Promise.all([
    writeFile(join(folder, 'prometheus.yml'), text),
    writeFile(join(folder, 'targets.json'), '[]'),
    writeFile(join(folder, 'alertmanagers.json'), '[]'),
  ]);
  const said = await runTool('promtool', ['check', 'config', 'prometheus.yml'], folder);
  expect(said).toContain(`${RULES.length} rule files found`);
  expect(said).not.toContain('WARNING');
  expect(text).toMatch(/runbooks: \S+\/runbooks\n/);
  expect(text.includes('grafana: https://grafana.example.org\n')).toBe(links.grafana !== undefined);
});
