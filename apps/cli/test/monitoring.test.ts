import { createServer } from 'node:http';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { testAlert } from '../src/commands/alert.ts';
import { status } from '../src/commands/status.ts';
import { dataFolderAt } from '../src/data-folder/data-folder.ts';
import { readState } from '../src/data-folder/state.ts';
import { targetsOf } from '../src/monitoring/write-targets.ts';
import { Refusal } from '../src/refusal.ts';
import { startInstallation, type Installation } from '../src/supervisor/installation.ts';
import type { Context } from '../src/context.ts';
import type { InstallationPlan } from '../src/supervisor/plan.ts';

const LONG_MS = 180_000;
const heard: string[] = [];
const printed: string[] = [];
const context: Context = {
  root: resolve(import.meta.dirname, '../../..'),
  version: '0',
  env: { PATH: '/usr/local/bin:/usr/bin:/bin', DISK_RESERVE_MIB: '512', GRAFANA_URL: 'https://grafana.example.org' },
  print: (line) => printed.push(line),
  say: () => 0,
  detached: undefined,
};
const plan = (alertWebhook: string | undefined): InstallationPlan => ({
  host: '127.0.0.1',
  port: undefined,
  workers: 1,
  storage: undefined,
  withConsole: false,
  backup: true,
  mode: 'encode',
  monitoring: { alertWebhook },
});

const Addresses = z.object({ prometheus: z.object({ url: z.string() }), alertmanager: z.object({ url: z.string() }) });

let data: string;
let installation: Installation;
let statusCode: number;
let at: z.infer<typeof Addresses>;
const sink = createServer((request, response) => {
  void text(request).then((body) => {
    heard.push(body);
    return response.end();
  });
});

beforeAll(async () => {
  // A space in the path, because people have them.
  data = await mkdtemp(join(tmpdir(), 'transcode monitoring '));
  await new Promise<void>((listening) => {
    sink.listen(0, '127.0.0.1', listening);
  });
  const { port } = sink.address() as AddressInfo;
  const webhook = `http://127.0.0.1:${port}/alerts`;
  installation = await startInstallation(context, dataFolderAt(data), plan(webhook), new AbortController().signal);
  statusCode = await status(context, { data, json: true });
  at = Addresses.parse(JSON.parse(printed.join('\n')));
}, LONG_MS);
afterAll(async () => {
  await installation.stop();
  sink.close();
  await rm(data, { recursive: true, force: true });
}, LONG_MS);

async function askPrometheus<Answer>(path: string, shape: z.ZodType<Answer>): Promise<Answer> {
  const response = await fetch(`${at.prometheus.url}/api/v1/${path}`);
  return z.object({ data: shape }).parse(await response.json()).data;
}

async function until<Value>(look: () => Promise<Value>, good: (value: Value) => boolean): Promise<Value> {
  let value = await look();
  for (const deadline = Date.now() + 90_000; !good(value) && Date.now() < deadline; value = await look())
    await sleep(500);
  return value;
}

const Rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ name: z.string(), health: z.string() })) })),
});
/** But for those over a month, which are evaluated every 5 minutes only. */
const rulesOf = ({ groups }: z.infer<typeof Rules>) =>
  groups.flatMap(({ rules }) => rules).filter(({ name }) => !name.endsWith('30d'));

const Targets = z.object({
  activeTargets: z.array(
    z.object({ labels: z.record(z.string(), z.string()), health: z.string(), scrapeUrl: z.string() }),
  ),
});

const targets = async () => {
  const { activeTargets } = await askPrometheus('targets', Targets);
  return activeTargets
    .map(({ labels, health, scrapeUrl }) => ({ job: labels['job'], instance: labels['instance'], health, scrapeUrl }))
    .toSorted((a, b) => (a.scrapeUrl < b.scrapeUrl ? -1 : 1));
};
const allUp = (found: Awaited<ReturnType<typeof targets>>): boolean =>
  found.length === 2 && found.every(({ health }) => health === 'up');

test('status lists both, and all is well', () => {
  expect(statusCode).toBe(0);
  expect(at.prometheus.url).not.toBe(at.alertmanager.url);
});

test(
  'Prometheus asks the API and the worker, and a worker that was started again under the same name',
  { timeout: LONG_MS },
  async () => {
    const before = await until(targets, allUp);
    expect(new Set(before.map(({ job, instance, health }) => `${job} ${instance} ${health}`))).toEqual(
      new Set(['transcode-api api up', 'transcode-worker worker-1 up']),
    );
    const state = await readState(dataFolderAt(data).state);
    const worker = state?.children.find(({ name }) => name === 'worker-1');
    const url = `http://127.0.0.1:${worker?.ports.metrics}/metrics`;
    expect(before.map(({ scrapeUrl }) => scrapeUrl)).toContain(url);
    process.kill(worker?.identity.pid ?? 0, 'SIGKILL');
    const after = await until(targets, (found) => allUp(found) && found.every(({ scrapeUrl }) => scrapeUrl !== url));
    expect(new Set(after.map(({ instance, health }) => `${instance} ${health}`))).toEqual(
      new Set(['api up', 'worker-1 up']),
    );
  },
);

test('every rule is evaluated, and alerts have a way to Alertmanager', { timeout: LONG_MS }, async () => {
  const rules = await until(
    async () => rulesOf(await askPrometheus('rules', Rules)),
    (found) => found.every(({ health }) => health !== 'unknown'),
  );
  expect(rules.length).toBeGreaterThan(80);
  expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  const Alertmanagers = z.object({ activeAlertmanagers: z.array(z.object({ url: z.string() })) });
  const { activeAlertmanagers } = await askPrometheus('alertmanagers', Alertmanagers);
  expect(activeAlertmanagers).toEqual([{ url: `${at.alertmanager.url}/api/v2/alerts` }]);
});

test('nothing fires while all is well', async () => {
  const Alerts = z.object({
    alerts: z.array(z.object({ labels: z.record(z.string(), z.string()), state: z.string() })),
  });
  const { alerts } = await askPrometheus('alerts', Alerts);
  expect(alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels['alertname'])).toEqual([]);
});

test('`alert test` reaches the address of --alert-webhook', { timeout: LONG_MS }, async () => {
  expect(await testAlert(context, { data, severity: 'critical' })).toBe(0);
  expect(printed.at(-1)).toBe('Alertmanager has it, and tells it within 10 s by webhook.');
  const told = await until(
    () => Promise.resolve(heard),
    (messages) => messages.some((one) => one.includes('TestAlert')),
  );
  expect(told.join('\n')).toContain('This is a test: alerts reach you');
});

test('what it writes is for its owner alone, and says where runbooks and Grafana are', async () => {
  const folder = dataFolderAt(data).monitoring;
  const modes = await Promise.all(
    ['prometheus.yml', 'alertmanager.yml', 'targets.json'].map((file) => stat(join(folder, file))),
  );
  expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  const configuration = await readFile(join(folder, 'prometheus.yml'), 'utf8');
  expect(configuration).toContain(`runbooks: ${context.root}/docs/runbooks\n`);
  expect(configuration).toContain('grafana: https://grafana.example.org\n');
});

test('settings that cannot be used are refused before anything is started', async () => {
  const other = await mkdtemp(join(tmpdir(), 'transcode refused '));
  const start = (env: Context['env'], webhook?: string): Promise<Installation> =>
    startInstallation(
      { ...context, env: { ...context.env, ...env } },
      dataFolderAt(other),
      plan(webhook),
      new AbortController().signal,
    );
  await expect(start({}, 'nonsense')).rejects.toThrow(Refusal);
  await expect(start({ ALERT_SLACK_URL_FILE: '/nowhere' })).rejects.toThrow(
    'ALERT_SLACK_URL_FILE: /nowhere cannot be read.',
  );
  await rm(other, { recursive: true });
});

test('a target is each process with metrics, by the job that rules know', () => {
  const child = { identity: { pid: 1, startedAt: '0' }, state: 'running', restarts: 0 } as const;
  expect(
    targetsOf([
      { ...child, name: 'worker-12', ports: { metrics: 3 } } as never,
      { ...child, name: 'console', ports: { http: 1 } } as never,
    ]),
  ).toEqual([{ targets: ['127.0.0.1:3'], labels: { job: 'transcode-worker', instance: 'worker-12' } }]);
});
