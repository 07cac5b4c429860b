import type { Manifest } from '../../test/helm/manifest.ts';

/** The files of infra/k8s in the order in which they are applied, and what each says of itself. */
export const PLAIN_FILES = {
  'base/namespace.yaml': 'The namespace, which takes no pod that is not restricted.',
  'base/secret.yaml':
    'Every secret. Replace each REPLACE-ME: pods that are given one with it do not start. A password stands in the address beside it as well, with what is not a letter, a digit or one of . _ ~ - written as %XX.',
  'base/configmap.yaml': 'Settings of API, console and workers: docs/settings.md. Restart them after a change.',
  'base/postgres-statefulset.yaml': 'Postgres, its Services and account.',
  'base/redis-statefulset.yaml':
    'Redis, and the bundled S3 (SeaweedFS), with their Services and accounts. With a bucket elsewhere leave out what is of seaweedfs.',
  'base/api-deployment.yaml':
    'The API, its Service, disruption budget and account; and what administers from inside (`kubectl create job tools --from=cronjob/tools`).',
  'base/worker-deployment.yaml': 'Workers, their disruption budget and account.',
  'base/console-deployment.yaml': 'The console, its Service, disruption budget and account.',
  'base/ingress.yaml': 'From outside: the API, Grafana and Jaeger. Replace example.com here and in configmap.yaml.',
  'base/network-policy.yaml':
    'Nothing comes in and nothing goes out but what stands here, for all pods, those of monitoring/ too.',
  'base/hpa.yaml': 'What makes API and workers more and fewer: docs/scaling.md.',
  'base/backup-cronjob.yaml':
    'Backups of Postgres and Redis each night, a drill each week, and what restores the database: disaster-recovery.md.',
  'monitoring/prometheus-deployment.yaml': 'Prometheus, its rules, Services, account, and what it may ask Kubernetes.',
  'monitoring/grafana-deployment.yaml': 'Grafana, where it finds its data, its Services and account.',
  'monitoring/alertmanager-deployment.yaml': 'Alertmanager, whom it tells, its Services and account.',
  'monitoring/jaeger-deployment.yaml': 'Jaeger, the collector before it, their Services and accounts.',
  'monitoring/grafana-dashboards.yaml': 'Dashboards. Grafana waits for them.',
} as const;

export type PlainFile = keyof typeof PLAIN_FILES;

const OF_KIND: Readonly<Record<string, PlainFile>> = {
  NetworkPolicy: 'base/network-policy.yaml',
  HorizontalPodAutoscaler: 'base/hpa.yaml',
  Ingress: 'base/ingress.yaml',
};
const OF_PART: Readonly<Record<string, PlainFile>> = {
  postgres: 'base/postgres-statefulset.yaml',
  redis: 'base/redis-statefulset.yaml',
  seaweedfs: 'base/redis-statefulset.yaml',
  api: 'base/api-deployment.yaml',
  'worker-cpu': 'base/worker-deployment.yaml',
  console: 'base/console-deployment.yaml',
  tools: 'base/api-deployment.yaml',
  'postgres-backup': 'base/backup-cronjob.yaml',
  'redis-backup': 'base/backup-cronjob.yaml',
  restore: 'base/backup-cronjob.yaml',
  drill: 'base/backup-cronjob.yaml',
  prometheus: 'monitoring/prometheus-deployment.yaml',
  grafana: 'monitoring/grafana-deployment.yaml',
  alertmanager: 'monitoring/alertmanager-deployment.yaml',
  jaeger: 'monitoring/jaeger-deployment.yaml',
  'otel-collector': 'monitoring/jaeger-deployment.yaml',
};
const SETTINGS = /^(api|console|worker-cpu)-config$/;

/** The file that an object of the chart is in. */
export function placeOf({ kind, metadata }: Manifest): PlainFile {
  const part = metadata.labels?.['component'] ?? '';
  if (kind === 'Secret' && metadata.name !== 'alertmanager-config') return 'base/secret.yaml';
  if (kind === 'ConfigMap' && SETTINGS.test(metadata.name)) return 'base/configmap.yaml';
  if (kind === 'ConfigMap' && metadata.name.startsWith('dashboard-')) return 'monitoring/grafana-dashboards.yaml';
  const file = OF_KIND[kind] ?? OF_PART[part];
  if (file === undefined) throw new Error(`${kind}/${metadata.name} belongs into no file of infra/k8s.`);
  return file;
}
