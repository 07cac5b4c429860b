import { globSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runTool } from './run-tool.ts';

const PROMETHEUS = resolve(import.meta.dirname, '../prometheus');
const RULES = globSync('rules/*.yml', { cwd: PROMETHEUS }).toSorted();
const TESTS = globSync('tests/*.yml', { cwd: PROMETHEUS }).toSorted();
/** Of service levels: hours of samples, on a machine that does other things too. */
const LONG_MS = 300_000;

const promtool = (args: readonly string[], cwd = PROMETHEUS): Promise<string> => runTool('promtool', args, cwd);

test('promtool check rules', async () => {
  const said = await promtool(['check', 'rules', '--lint-fatal', ...RULES]);
  expect(said.match(/SUCCESS/g)).toHaveLength(RULES.length);
});

test.for(TESTS)('promtool test rules %s', { timeout: LONG_MS }, async (file) => {
  expect(await promtool(['test', 'rules', file])).toContain('SUCCESS');
});

describe('promtool check config', () => {
  test('for one machine', async () => {
    const said = await promtool(['check', 'config', 'prometheus.local.yml']);
    expect(said).toContain(`${RULES.length} rule files found`);
  });

  test('for pods', async () => {
    const folder = await asPromtoolKnowsIt();
    const said = await promtool(['check', 'config', 'prometheus.yml'], folder);
    expect(said).toContain(`${RULES.length} rule files found`);
  });
});

/**
 * Debian's build has no discovery of pods and endpoints. For one like that the file is checked with files to discover in its place: all the
 * rest is as it is.
 */
async function asPromtoolKnowsIt(): Promise<string> {
  const whole = await promtool(['check', 'config', 'prometheus.yml']).catch(String);
  if (!whole.includes('field kubernetes_sd_configs not found')) return PROMETHEUS;
  const folder = await mkdtemp(join(tmpdir(), 'transcode-promtool-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(join(PROMETHEUS, 'rules'), join(folder, 'rules'), { recursive: true });
  const text = readFileSync(join(PROMETHEUS, 'prometheus.yml'), 'utf8');
  const without = text.replaceAll(DISCOVERY, '$1file_sd_configs:\n$2- files: [pods.yml]\n');
  await writeFile(join(folder, 'prometheus.yml'), without);
  return folder;
}

const DISCOVERY =
  /^( *(?:- )?)kubernetes_sd_configs:\n( +)- role: (?:pod|endpoints)\n +namespaces: \{ own_namespace: true \}\n/gm;
