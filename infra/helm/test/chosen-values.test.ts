import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { CHART } from '../src/chart.ts';
import { outside } from './checks/policies.ts';
import { only, podsOf } from './helm/manifest.ts';
import { INSTALL, render, runHelm } from './helm/render.ts';

// Values that some clusters need, and what has to come of them.

const withValues = (...values: string[]) => render([...INSTALL, ...values.flatMap((value) => ['--set', value])]);
const WITHOUT_KEYS = ['secrets.aws.accessKeyId=', 'secrets.aws.secretAccessKey='];

test('an image of ours in a repository of another name has the tag of the release', async () => {
  const objects = await withValues(
    ...['api', 'console', 'workers.cpu', 'tools'].map((part, index) => `${part}.image.repository=acme/part-${index}`),
    'global.image.tag=v1.2.3',
  );
  const images = podsOf(objects).flatMap(({ spec }) =>
    [...spec.containers, ...(spec.initContainers ?? [])].map(({ image }) => image),
  );
  const ours = images.filter((image) => image.includes('acme/'));
  expect(new Set(ours)).toEqual(new Set([0, 1, 2, 3].map((index) => `acme/part-${index}:v1.2.3`)));
  expect(images.filter((image) => !image.includes(':'))).toEqual([]);
});

test('a release and a namespace may be called by a number', async () => {
  const { code, stdout, stderr } = await runHelm(['template', '2024', CHART, '-n', '2025', ...INSTALL]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).not.toMatch(/(instance|namespace): 20\d\d\b/);
  expect(stdout).toMatch(/app\.kubernetes\.io\/instance: "2024"/);
});

test('of both issuers that of the namespace is asked', async () => {
  for (const kind of ['ingress', 'gateway']) {
    const objects = await withValues(
      ...['ingress.tls.issuer=ours', `ingress.kind=${kind}`, 'ingress.gateway.className=any'],
    );
    const asked = objects
      .filter((object) => object.kind.toLowerCase() === kind)
      .map(({ metadata: { annotations = {} } }) => [
        annotations['cert-manager.io/issuer'],
        annotations['cert-manager.io/cluster-issuer'],
      ]);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked).toEqual(asked.map(() => ['ours', undefined]));
  }
});

async function certificatesWith(...values: string[]): Promise<string[]> {
  const text = JSON.stringify((await withValues(...values)).filter(({ kind }) => kind === 'Ingress'));
  return [...text.matchAll(/"secretName":"([^"]+)"/g)].map(([, name = '']) => name);
}

test('two releases in a namespace have certificates of their own', async () => {
  const [one, other] = [await certificatesWith(), await certificatesWith('namePrefix=staging-')];
  expect(one).toContain('transcode-tls');
  expect(other).toContain('staging-transcode-tls');
  expect(other.filter((name) => one.includes(name))).toEqual([]);
  expect(await certificatesWith('ingress.tls.secretName=own', 'namePrefix=staging-')).toContain('own');
});

test('a worker that holds a GPU goes before the one that takes it', async () => {
  const objects = await withValues('workers.gpu.enabled=true');
  const strategyOf = (name: string): unknown => only(objects, 'Deployment', name).spec.strategy.rollingUpdate;
  expect(strategyOf('worker-gpu')).toEqual({ maxSurge: 0, maxUnavailable: 1 });
  expect(strategyOf('worker-cpu')).toEqual({ maxSurge: 1, maxUnavailable: 0 });
});

test('the bundled Prometheus tells another’s Alertmanager, and reaches it', async () => {
  const objects = await withValues(
    'monitoring.alertmanager.enabled=false',
    'monitoring.alertmanager.externalUrl=https://alerts.example.com:9443/am',
  );
  const text = only(objects, 'ConfigMap', 'prometheus-config').data?.['prometheus.yml'] ?? '';
  expect((parse(text) as { alerting: object }).alerting).toMatchObject({
    alertmanagers: [
      { scheme: 'https', static_configs: [{ targets: ['alerts.example.com:9443'] }], path_prefix: '/am' },
    ],
  });
  const reached = outside(objects).filter((line) => line.startsWith('prometheus → '));
  expect(reached.join('\n')).toContain(':9443');
});

test('ports that addresses name are open to who asks there', async () => {
  const objects = await withValues(
    ...['storage.s3.bucket=b', 'storage.s3.region=eu-west-1', 'storage.s3.endpoint=https://minio.example.com:9000'],
    ...[
      'monitoring.alertmanager.channels.email.enabled=true',
      'monitoring.alertmanager.channels.email.to=a@example.com',
    ],
    'monitoring.alertmanager.channels.email.from=b@example.com',
    'monitoring.alertmanager.channels.email.smarthost=mail.example.com:2525',
  );
  const found = outside(objects);
  for (const part of ['api', 'worker-cpu', 'postgres-backup', 'restore', 'drill'])
    expect(found).toContain(`${part} → {"cidr":"0.0.0.0/0"}:9000`);
  expect(found).toContain('alertmanager → {"cidr":"0.0.0.0/0"}:2525');
});

const AGENT = '{"cidr":"169.254.170.23/32"}:80';
const partsAtAgent = async (...values: string[]): Promise<string[]> =>
  outside(await withValues(...values)).flatMap((line) => (line.endsWith(AGENT) ? [line.split(' ')[0] ?? ''] : []));

test('without keys in a Secret the agent that gives pods theirs is reached, and with keys it is not', async () => {
  const bucket = ['storage.s3.bucket=b', 'storage.s3.region=eu-west-1'];
  expect(new Set(await partsAtAgent(...bucket, ...WITHOUT_KEYS))).toEqual(
    new Set(['api', 'drill', 'postgres-backup', 'redis-backup', 'restore', 'worker-cpu']),
  );
  expect(await partsAtAgent(...bucket)).toEqual([]);
  expect(await partsAtAgent(...WITHOUT_KEYS)).toEqual([]);
});

test('where nobody backs up, nobody needs the Secret for it', async () => {
  const objects = await withValues(
    ...['backup.enabled=false', 'backup.url=s3://b/x', 'backup.region=eu-west-1', 'backup.existingSecret=of-backups'],
  );
  expect(JSON.stringify(objects)).not.toContain('of-backups');
});

test('nobody works while a database is restored, whatever else tells how many there are', async () => {
  const held = ['api', 'workers.cpu'].flatMap((part) => [`${part}.autoscaling.enabled=false`, `${part}.replicas=0`]);
  for (const backlog of ['keda', 'adapter']) {
    const objects = await withValues(`autoscaling.backlog=${backlog}`, ...held);
    const replicas = ['api', 'worker-cpu'].map((name): unknown => only(objects, 'Deployment', name).spec.replicas);
    expect(replicas).toEqual([0, 0]);
  }
});

test('the second store’s keys are in no pod but the API’s', async () => {
  const objects = await withValues('copy.url=s3://c/x', 'copy.region=eu-west-1', 'copy.existingSecret=of-copies');
  const parts = podsOf(objects).filter(({ spec }) => JSON.stringify(spec).includes('of-copies'));
  expect(parts.map(({ labels }) => labels['component'])).toEqual(['api']);
});
