import { describe, expect, test } from 'vitest';
import { HELMS, HELM_4, type Helm } from './helm/helms.ts';
import { INSTALL, runHelm } from './helm/render.ts';
import { CHART } from '../src/chart.ts';

const refusal = async (args: readonly string[], helm: Helm = HELM_4): Promise<string> => {
  const { code, stderr } = await runHelm(['template', 'transcode', CHART, ...args], { helm });
  expect(code).not.toBe(0);
  return stderr;
};

const TYPOS: readonly [string, string][] = [
  ['replica=3', 'replica'],
  ['api.replica=3', 'replica'],
  ['workers.cpu.scratch.size=1Gi', 'size'],
  ['secrets.postgres.pasword=x', 'pasword'],
  ['ingress.hosts[0].hots=x', 'hots'],
  ['settings.CPU_SLOT=2', 'CPU_SLOT'],
  ['settings.DATABASE_URL=x', 'DATABASE_URL'],
  ['workers.cpu.settings.UPLOAD_MAX_BYTES=1', 'UPLOAD_MAX_BYTES'],
  ['monitoring.grafana.enable=false', 'enable'],
  ['networkPolicy.dns.port=53', 'port'],
  ['backup.bucket=b', 'bucket'],
  ['settings.BACKUP_URL=s3://b/p', 'BACKUP_URL'],
  ['copy.bucket=b', 'bucket'],
  ['settings.COPY_URL=s3://b/p', 'COPY_URL'],
];
describe.for(HELMS)('a name that is not there is refused by it, by Helm $major', (helm) => {
  test.for(TYPOS)('%s', async ([value, name]) => {
    expect(await refusal([...INSTALL, '--set', value], helm)).toMatch(new RegExp(`dditional propert.*'?${name}'?`));
  });
});

test.for([
  ['api.replicas=three', 'replicas'],
  ['api.resources.requests.cpu=much', 'cpu'],
  ['api.podDisruptionBudget.maxUnavailable=0', 'maxUnavailable'],
  ['ingress.controller=apache', 'controller'],
  ['publicUrl=video.example.com', 'publicUrl'],
  ['listenAddress=localhost', 'listenAddress'],
  ['secrets.signing.auth=short', 'auth'],
  ['secrets.firstAdmin.password=short', 'password'],
  ['namePrefix=Staging-', 'namePrefix'],
  ['postgres.persistence.size=big', 'size'],
  ['autoscaling.backlog=rabbitmq', 'backlog'],
  ['workers.cpu.autoscaling.minReplicas=0', 'minReplicas'],
  ['api.autoscaling.behavior.scaleUp.selectPolicy=Most', 'selectPolicy'],
  ['backup.url=s3://bucket', 'url'],
  ['backup.url=https://s3.example.com/bucket/p', 'url'],
  ['backup.keptDays=0', 'keptDays'],
  ['backup.recipients[0]=AGE-SECRET-KEY-1Q', 'recipients'],
  ['backup.postgres.schedule=daily', 'schedule'],
  ['restore.backup=yesterday', 'backup'],
  ['copy.url=https://s3.example.com/bucket', 'url'],
  ['copy.mode=sometimes', 'mode'],
] as const)('%s is refused, and said where', async ([value, name]) => {
  expect(await refusal([...INSTALL, '--set', value])).toContain(name);
});

test.for([
  [[], 'Set ingress.hosts[0].host'],
  [[...INSTALL, '--set', 'postgres.enabled=false'], 'secrets.postgres.existingSecret'],
  [[...INSTALL, '--set', 'redis.enabled=false'], 'secrets.redis.existingSecret'],
  [[...INSTALL, '--set', 'ingress.kind=gateway'], 'ingress.gateway.className'],
  [[...INSTALL, '--set', 'storage.s3.endpoint=https://s3.example.com'], 'storage.s3.bucket'],
  [[...INSTALL, '--set', 'storage.s3.bucket=b'], 'storage.s3.region'],
  [[...INSTALL, '--set', 'secrets.aws.secretAccessKey='], 'set together'],
  [[...INSTALL, '--set', 'monitoring.operator.enabled=true'], 'monitoring.prometheus.enabled=false'],
  [[...INSTALL, '--set', 'monitoring.alertmanager.channels.slack.enabled=true'], 'channels.existingSecret'],
  [[...INSTALL, '--set', 'api.replicas=5'], 'api.replicas would be undone by the autoscaler'],
  [[...INSTALL, '--set', 'api.autoscaling.minReplicas=11'], 'api.autoscaling.minReplicas is more than maxReplicas'],
  [
    [...INSTALL, '--set', 'api.autoscaling.cpuPercent=0,api.autoscaling.memoryPercent=0'],
    'api.autoscaling has nothing to go by',
  ],
  [[...INSTALL, '--set', 'workers.cpu.resources.requests.cpu=null'], 'set workers.cpu.resources.requests.cpu'],
  [
    [...INSTALL, '--set', 'autoscaling.backlog=keda,workers.cpu.autoscaling.enabled=false'],
    'the number of all of them is held',
  ],
  [
    [...INSTALL, '--set', 'autoscaling.backlog=keda,monitoring.prometheus.enabled=false'],
    'autoscaling.backlog=keda asks a Prometheus',
  ],
  [
    [...INSTALL, '--set', 'autoscaling.backlog=adapter,monitoring.prometheus.enabled=false'],
    'autoscaling.backlog=adapter needs a Prometheus with our rules',
  ],
  [
    [...INSTALL, '--set', 'autoscaling.markBusyWorkers=true'],
    'networkPolicy.kubernetesApi.peers lets them reach everybody',
  ],
  [
    [...INSTALL, '--set', 'networkPolicy.backlogPeers[0].ipBlock.cidr=10.0.0.0/8'],
    'set autoscaling.backlog to adapter or keda',
  ],
  [[...INSTALL, '--set', 'backup.endpoint=https://s3.example.com'], 'set backup.url too'],
  [[...INSTALL, '--set', 'backup.url=s3://b/p,backup.existingSecret=s'], 'Set backup.region'],
  [[...INSTALL, '--set', 'backup.url=s3://b/p,backup.region=eu-west-1'], 'set backup.existingSecret'],
  [[...INSTALL, '--set', 'backup.enabled=false,restore.replace=true'], 'set backup.enabled=true'],
  [[...INSTALL, '--set', 'copy.mode=synchronous'], 'set copy.url too'],
  [[...INSTALL, '--set', 'copy.url=s3://b,copy.existingSecret=s'], 'Set copy.region'],
  [[...INSTALL, '--set', 'copy.url=s3://b,copy.region=eu-west-1'], 'set copy.existingSecret'],
  [
    [...INSTALL, '--set', 'storage.s3.bucket=b,storage.s3.region=eu-west-1,copy.url=s3://b,copy.region=eu-west-1'],
    'where the objects are already',
  ],
  [[...INSTALL, '--set', 'monitoring.tracing.externalEndpoint=http://c:4318'], 'monitoring.tracing.enabled=false'],
  [
    [...INSTALL, '--set', 'monitoring.alertmanager.channels.email.enabled=true'],
    'channels.email.to, from and smarthost',
  ],
  [[...INSTALL, '--set', 'monitoring.alertmanager.channels.webhook.enabled=true'], 'channels.webhook.url'],
  [
    [
      ...INSTALL,
      '--set',
      'ingress.kind=gateway,ingress.gateway.existing.name=g,ingress.gateway.existing.httpSection=http',
    ],
    'ingress.gateway.existing.httpsSection',
  ],
  [[...INSTALL, '--set', 'settings.MEDIA_REDIRECT=true'], 'the bundled S3 is reached by none'],
  [[...INSTALL, '--set', 'commonLabels.component=media'], 'commonLabels.component is a label of the chart'],
  [[...INSTALL, '--set', String.raw`commonLabels.app\.kubernetes\.io/name=media`], 'is a label of the chart'],
] as const)('what cannot work is said in a sentence: %s', async ([args, sentence]) => {
  expect(await refusal(args)).toContain(sentence);
});
