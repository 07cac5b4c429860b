import { inject } from 'vitest';
import { CHART } from '../../src/chart.ts';

/** The line of docs/kubernetes.md. */
export const INSTALL_LINE = [
  ...['install', 'transcode', CHART, '--create-namespace'],
  ...['--set', 'secrets.postgres.password=pg-password'],
  ...['--set', 'secrets.aws.accessKeyId=AKIAEXAMPLE', '--set', 'secrets.aws.secretAccessKey=example-secret'],
  ...['--set', 'ingress.hosts[0].host=api.example.com'],
];

interface Override {
  readonly set: string;
  readonly because: string;
}

/** What is set besides, as no image can be pulled here; the test prints it. */
const OVERRIDES: readonly Override[] = [
  { set: 'postgres.image.tag=15-bookworm', because: 'Debian has PostgreSQL 15' },
  { set: 'redis.image.tag=7.0-bookworm', because: 'Debian has Redis 7.0' },
  { set: 'monitoring.alertmanager.image.tag=v0.25.0', because: 'Debian has Alertmanager 0.25' },
  { set: 'monitoring.grafana.enabled=false', because: 'no program to stand in' },
  { set: 'monitoring.tracing.enabled=false', because: 'no Jaeger and collector to stand in' },
  { set: 'workers.cpu.resources.requests.cpu=500m', because: 'the nodes have two processors, and none is empty' },
];

/** With what was asked for besides, for a smaller cluster: printed as well. */
export const overrides = (): readonly Override[] => [
  ...OVERRIDES,
  ...inject('cluster').sets.map((set) => ({ set, because: 'TRANSCODE_CLUSTER_SET' })),
];

export const settings = (): string[] => overrides().flatMap(({ set }) => ['--set', set]);

/** The same without its secrets: they are in the cluster. */
export const again = (verb: 'install' | 'upgrade'): string[] => [
  ...[verb, 'transcode', CHART, '--set', 'ingress.hosts[0].host=api.example.com'],
  ...settings(),
];
