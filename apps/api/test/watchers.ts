import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findTools, startAlertmanager, startPrometheus } from '@transcode/servers';

const run = promisify(execFile);
const PATH = '/usr/local/bin:/usr/bin:/bin';
const ROOT = path.resolve(import.meta.dirname, '../../..');

const ALERTMANAGER = `route: { receiver: warning, routes: [{ matchers: ['severity="critical"'], receiver: critical }] }
receivers:
  - name: critical
    webhook_configs: [{ url: 'http://127.0.0.1:9/' }]
  - name: warning
`;

const MINUTE = 60;
/** How the platform was for two hours until now, each minute, by what the recording rules would have made of it. */
const WAS = {
  'job:transcode_http_requests:rate5m{job="transcode-api"}': 4,
  'job:transcode_http_errors:rate5m{job="transcode-api"}': 0.5,
  'job:transcode_http_request_duration_seconds:p99_rate5m{job="transcode-api"}': 0.25,
  'class:transcode_tasks_waiting:sum{class="cpu"}': 30,
  'class:transcode_tasks_waiting:sum{class="light"}': 12,
  'class:transcode_tasks_running:sum{class="cpu"}': 2,
  'outcome_cause:transcode_jobs_ended:rate5m{outcome="completed",cause="none"}': 0.01,
};

function samples(): string {
  const now = Math.floor(Date.now() / 1_000);
  const minutes = Array.from({ length: 120 }, (_, minute) => now - (119 - minute) * MINUTE);
  return Object.entries(WAS)
    .flatMap(([series, value]) => minutes.map((moment) => `${series} ${value} ${moment}\n`))
    .join('');
}

/** Prometheus with what it saw and nobody to ask, and Alertmanager with a channel for what is critical. */
export async function startWatchers(): Promise<{
  env: Record<'PROMETHEUS_URL' | 'ALERTMANAGER_URL', string>;
  dispose(): Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'watchers-'));
  const at = (name: string): string => path.join(folder, name);
  const { prometheus = 'prometheus', alertmanager = 'alertmanager' } = await findTools({
    root: ROOT,
    env: { PATH },
  });
  await writeFile(at('samples'), `${samples()}# EOF\n`);
  await writeFile(at('prometheus.yml'), 'global: {}\n');
  await writeFile(at('alertmanager.yml'), ALERTMANAGER);
  await run('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', at('samples'), at('prometheus')]);
  const servers = await Promise.all([
    startPrometheus({ bin: prometheus, dataDir: at('prometheus'), configFile: at('prometheus.yml') }),
    startAlertmanager({ bin: alertmanager, dataDir: at('alertmanager'), configFile: at('alertmanager.yml') }),
  ]);
  const [history, alerts] = servers.map(({ port }) => `http://127.0.0.1:${port}`);
  return {
    env: { PROMETHEUS_URL: history ?? '', ALERTMANAGER_URL: alerts ?? '' },
    async dispose() {
      await Promise.all(servers.map((server) => server.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
