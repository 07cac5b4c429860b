import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { alertChannels } from '@transcode/monitoring';
import { stringify } from 'yaml';

const MONITORING = resolve(import.meta.dirname, '../../monitoring');
const FOLDER = 'files/monitoring';

/** Files of infra/monitoring, and their names in the chart; Helm reads nothing outside it. */
const COPIES: Readonly<Record<string, string>> = {
  'prometheus/prometheus.yml': 'prometheus.yml',
  'alertmanager/alertmanager.yml': 'alertmanager.yml',
  'alertmanager/messages.tmpl': 'messages.tmpl',
  'grafana/provisioning/datasources/transcode.yml': 'datasources.yml',
  'grafana/provisioning/dashboards/transcode.yml': 'dashboards.yml',
  'jaeger/jaeger.yml': 'jaeger.yml',
  'otel-collector/otel-collector.yml': 'otel-collector.yml',
};
const FOLDERS: Readonly<Record<string, string>> = { 'prometheus/rules': 'rules', 'grafana/dashboards': 'dashboards' };

const CHANNELS_HEAD = `# Alertmanager's receivers with every channel, of which the chart takes those that are enabled. Written by
# \`pnpm --filter @transcode/helm sync\` from infra/monitoring/alertmanager; change that, never this file.
`;

/** What is written here the chart sets: who is told, and from where. */
const CHANNELS = {
  slack: { urlFile: '/etc/alertmanager-secrets/slack-url', channel: 'set' },
  pagerDuty: { keyFile: '/etc/alertmanager-secrets/pagerduty-key' },
  email: {
    ...{ to: 'set', from: 'set', smarthost: 'set:25', user: 'set', tls: true },
    passwordFile: '/etc/alertmanager-secrets/smtp-password',
  },
  webhook: { url: 'http://set', tokenFile: '/etc/alertmanager-secrets/webhook-token' },
};

/** What of infra/monitoring the chart deploys, by path in the chart. */
export async function monitoringFiles(): Promise<[string, string][]> {
  const copies = Object.entries(COPIES);
  for (const [folder, name] of Object.entries(FOLDERS)) {
    const files = (await readdir(join(MONITORING, folder))).toSorted();
    copies.push(...files.map((file): [string, string] => [`${folder}/${file}`, `${name}/${basename(file)}`]));
  }
  const texts = await Promise.all(
    copies.map(async ([from, to]): Promise<[string, string]> => [
      `${FOLDER}/${to}`,
      await readFile(join(MONITORING, from), 'utf8'),
    ]),
  );
  const channels =
    CHANNELS_HEAD + stringify(alertChannels(CHANNELS), { lineWidth: 0, singleQuote: true, version: '1.1' });
  return [...texts, [`${FOLDER}/channels.yml`, channels]];
}
