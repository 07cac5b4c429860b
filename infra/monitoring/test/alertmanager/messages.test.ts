import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAlertmanager, type RunningServer } from '@transcode/servers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { alertmanagerConfiguration } from '../../alertmanager/src/configuration.ts';
import { everyChannel } from './channels.ts';
import { installedAlertmanager } from './installed.ts';
import { httpSink, smtpSink, type Sink } from './sinks.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const WAIT_MS = 20_000;
const STARTED = '2020-03-04T01:02:03Z';

let folder: string;
let server: RunningServer;
let slack: Sink;
let pager: Sink;
let hook: Sink;
let mail: Sink;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transcode-messages-'));
  [slack, pager, hook, mail] = await Promise.all([httpSink(), httpSink(), httpSink(), smtpSink()]);
  const every = await everyChannel(folder);
  const { to, from } = every.email;
  await writeFile(join(folder, 'slack-url'), `http://127.0.0.1:${slack.port}/hook`);
  await cp(join(ROOT, 'infra/monitoring/alertmanager/messages.tmpl'), join(folder, 'messages.tmpl'));
  const configuration = alertmanagerConfiguration({
    ...every,
    email: { to, from, smarthost: `127.0.0.1:${mail.port}`, tls: false },
    webhook: { url: `http://127.0.0.1:${hook.port}/alerts` },
  });
  const configFile = join(folder, 'alertmanager.yml');
  // As it is, but without the waits before a first message, and with a pager of our own.
  const text = stringify({ ...configuration, global: { pagerduty_url: `http://127.0.0.1:${pager.port}/enqueue` } });
  await writeFile(
    configFile,
    text.replaceAll(/group_wait: \w+/g, 'group_wait: 1s').replace('group_interval: 5m', 'group_interval: 2s'),
  );
  server = await startAlertmanager({ bin: await installedAlertmanager(), dataDir: join(folder, 'data'), configFile });
});

afterAll(async () => {
  await server.stop();
  await Promise.all([slack, pager, hook, mail].map((sink) => sink.close()));
  await rm(folder, { recursive: true });
});

function alert(name: string, severity: string, more: Record<string, string> = {}, over = false): object {
  return {
    labels: { alertname: name, severity, component: 'workers', ...more },
    annotations: {
      summary: `No worker for ${more['class'] ?? 'any'} tasks`,
      description: '12 tasks wait, and every worker is gone.',
      runbook_url: `docs/runbooks/${name}.md`,
      dashboard: 'https://grafana.example.org/d/transcode-system-overview',
    },
    startsAt: STARTED,
    ...(over ? { endsAt: '2020-03-04T01:30:00Z' } : { endsAt: '2099-01-01T00:00:00Z' }),
  };
}

async function tell(...alerts: object[]): Promise<void> {
  const response = await fetch(`${server.url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  });
  expect(response.status).toBe(200);
}

async function heard(sink: Sink, what: string): Promise<string> {
  for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; await sleep(50)) {
    const found = sink.heard.find((message) => message.includes(what));
    if (found !== undefined) return found;
  }
  throw new Error(`Nobody heard of ${what}: ${sink.heard.join('\n')}`);
}

describe('a message', () => {
  test('of what is critical reaches the pager, Slack, mail and the webhook, and says what, since when, what to do', async () => {
    await tell(alert('NoWorkerAlive', 'critical', { class: 'cpu' }));
    const message = JSON.parse(await heard(slack, 'NoWorkerAlive')) as {
      channel: string;
      attachments: { title: string; text: string }[];
    };
    expect(message.channel).toBe('#video');
    expect(message.attachments[0]).toMatchObject({
      title: 'Critical: No worker for cpu tasks',
      title_link: 'https://grafana.example.org/d/transcode-system-overview',
      color: 'danger',
    });
    expect(message.attachments[0]?.text.replace(/http:\S+:\d+/, 'HERE')).toMatchInlineSnapshot(`
      "12 tasks wait, and every worker is gone.
      Since 4 Mar 01:02 UTC.

      What to do: docs/runbooks/NoWorkerAlive.md
      Dashboard: https://grafana.example.org/d/transcode-system-overview
      Alerts, and how to silence: HERE/#/alerts?receiver=critical
      "
    `);
    const page = JSON.parse(await heard(pager, 'NoWorkerAlive')) as { payload: object };
    expect(page).toMatchObject({
      event_action: 'trigger',
      payload: { summary: 'Critical: No worker for cpu tasks', severity: 'critical', component: 'workers' },
    });
    expect(await heard(hook, 'NoWorkerAlive')).toContain('"status":"firing"');
    const letter = await heard(mail, 'NoWorkerAlive');
    expect(letter).toContain('Subject: Critical: No worker for cpu tasks');
    expect(letter).toContain('What to do: docs/runbooks/NoWorkerAlive.md');
  });

  test('says how many, and when it is over', async () => {
    await tell(
      alert('WorkerQuarantined', 'critical', { class: 'cpu' }),
      alert('WorkerQuarantined', 'critical', { class: 'light' }),
    );
    // What began long ago is told as soon as one of them is there; both together, at the next look at the group.
    expect(await heard(slack, 'tasks (2)')).toContain('WorkerQuarantined');
    await tell(
      alert('WorkerQuarantined', 'critical', { class: 'cpu' }, true),
      alert('WorkerQuarantined', 'critical', { class: 'light' }, true),
    );
    expect(await heard(pager, '"event_action":"resolve"')).toContain('resolve');
  });

  test('of a warning pages nobody, and what a cause explains is not told', async () => {
    await tell(
      alert('QueueDeep', 'warning', { class: 'cpu' }),
      alert('QueueDeep', 'warning', { class: 'light' }),
      alert('OutboxBacklog', 'warning'),
    );
    await heard(slack, 'OutboxBacklog');
    const queue = await heard(slack, 'QueueDeep');
    expect(queue).toContain('light tasks');
    expect(queue).not.toContain('cpu tasks');
    expect(pager.heard.join('\n')).not.toMatch(/OutboxBacklog|QueueDeep/);
  });
});
