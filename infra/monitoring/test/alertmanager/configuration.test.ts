import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startAlertmanager } from '@transcode/servers';
import { afterAll, describe, expect, test } from 'vitest';
import { alertmanagerYaml } from '../../alertmanager/src/alertmanager-yaml.ts';
import { INHIBITIONS } from '../../alertmanager/src/inhibitions.ts';
import type { AlertSettings } from '../../alertmanager/src/settings.ts';
import { readRules } from '../../prometheus/src/read-rules.ts';
import { runTool } from '../run-tool.ts';
import { everyChannel, everySet } from './channels.ts';
import { installedAlertmanager } from './installed.ts';

const ALERTMANAGER = resolve(import.meta.dirname, '../../alertmanager');
const folder = await mkdtemp(join(tmpdir(), 'transcode-alertmanager-'));
afterAll(() => rm(folder, { recursive: true }));
await cp(join(ALERTMANAGER, 'messages.tmpl'), join(folder, 'messages.tmpl'));
const sets = everySet(await everyChannel(folder));
const all = sets.at(-1)?.settings ?? {};
const { alerts } = readRules();

async function write(settings: AlertSettings): Promise<string> {
  const file = join(folder, 'alertmanager.yml');
  await writeFile(file, alertmanagerYaml(settings));
  return file;
}

test('the file that stands there is what is written for no channel', async () => {
  expect(await readFile(join(ALERTMANAGER, 'alertmanager.yml'), 'utf8')).toBe(alertmanagerYaml({}));
});

test.for(sets)('amtool check-config: $name', async ({ settings }) => {
  const file = await write(settings);
  expect(await runTool('amtool', ['check-config', file], folder)).toContain('1 templates');
});

const starts = sets.filter(({ settings }) => [0, 1, 4].includes(Object.keys(settings).length));
test.for(starts)('Alertmanager starts: $name', async ({ settings }) => {
  const bin = await installedAlertmanager();
  const server = await startAlertmanager({
    bin,
    dataDir: join(folder, 'data'),
    configFile: await write(settings),
  });
  await server.stop();
  expect((await server.exited).tail).not.toMatch(/level=(error|warn)/);
});

test('a secret stands in no configuration, only where it lies', () => {
  const text = alertmanagerYaml(all);
  expect(text.match(/(_file|file): \//g)?.length).toBe(7);
  expect(text).not.toMatch(/(?:password|api_url|routing_key|credentials): /);
});

async function receiverOf(labels: Readonly<Record<string, string>>): Promise<string> {
  const file = await write(all);
  const args = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const said = await runTool('amtool', ['config', 'routes', 'test', `--config.file=${file}`, ...args], folder);
  return said.trim().split('\n').at(-1) ?? '';
}

const has = (name: string, label: string): boolean =>
  alerts.some(({ alert, expr }) => alert === name && new RegExp(`\\b${label}\\b`).test(expr));

describe('amtool config routes test', () => {
  test.for(alerts)('$alert goes where its severity says', async ({ alert, labels }) => {
    expect(await receiverOf({ ...labels, alertname: alert })).toBe(labels['severity']);
  });

  test('what says no severity, or one that nobody knows, is told as a warning', async () => {
    expect(await receiverOf({ alertname: 'Foreign' })).toBe('warning');
    expect(await receiverOf({ alertname: 'Foreign', severity: 'page' })).toBe('warning');
  });

  test('nobody is paged for a warning', () => {
    const [critical = '', warning = ''] = alertmanagerYaml(all).split('- name: warning');
    expect(critical).toContain('pagerduty_configs');
    expect(warning).not.toContain('pagerduty_configs');
    expect(warning).toContain('slack_configs');
  });
});

describe('what silences what', () => {
  const names = alerts.map(({ alert }) => alert);

  test('names alerts that there are', () => {
    const named = INHIBITIONS.flatMap(({ source, silences }) => [source, ...silences]);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('ends at a cause that is told: no alert is silenced by what it silences, however far away', () => {
    const follows = (name: string, seen: readonly string[] = []): string[] =>
      seen.includes(name)
        ? [...seen, name]
        : INHIBITIONS.filter(({ source }) => source === name).flatMap(({ silences }) =>
            silences.flatMap((next) => follows(next, [...seen, name])),
          );
    expect(names.filter((name) => follows(name).includes(name))).toEqual([]);
  });

  test('needs labels that both alerts have', () => {
    const missing = INHIBITIONS.flatMap(({ source, silences, equal = [] }) =>
      equal.flatMap((label) =>
        [source, ...silences].filter((name) => !has(name, label)).map((name) => `${name}: ${label}`),
      ),
    );
    expect(missing).toEqual([]);
  });
});
