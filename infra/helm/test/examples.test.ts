import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CHART } from '../src/chart.ts';
import { podSecurityComplaints } from './checks/pod-security.ts';
import { probeComplaints } from './checks/probes.ts';
import { referenceComplaints } from './checks/references.ts';
import { settingComplaints } from './checks/settings.ts';
import { HELM_3, HELMS } from './helm/helms.ts';
import { everyContainer, only, podsOf, type Manifest } from './helm/manifest.ts';
import { render, runHelm } from './helm/render.ts';

const FILES = globSync('examples/*.yaml', { cwd: CHART }).toSorted();
const KUBERNETES = ['--kube-version', '1.25.0'];

test('there is an example of each kind of installation', () => {
  expect(FILES.map((file) => basename(file, '.yaml'))).toEqual([
    'air-gapped',
    'argo-cd',
    'backups',
    'chaos-mesh',
    'cloudnative-pg',
    'dev',
    'external-secrets',
    'external-services',
    'gateway',
    'gpu',
    'istio',
    'multi-cluster',
    'operators',
    'production',
    'scaling-adapter',
    'scaling-keda',
    'spot',
    'two-in-one-namespace',
  ]);
});

describe.for(FILES)('%s', (file) => {
  const values = ['-f', join(CHART, file)];
  let rendered: Manifest[][] = [];
  beforeAll(async () => {
    rendered = await Promise.all(HELMS.map((helm) => render(values, { helm })));
  });

  test.for(HELMS)('passes lint --strict of Helm $major', async (helm) => {
    const { code, stdout } = await runHelm(['lint', '--strict', CHART, '-n', 'transcode', ...values], { helm });
    expect([code, stdout.match(/\[(WARNING|ERROR)\].*/g)]).toEqual([0, null]);
  });

  test('is the same by both, but for what is made at random', () => {
    const [three = [], four = []] = rendered.map((objects) =>
      objects.filter(({ kind }) => kind !== 'Secret').map((object) => JSON.stringify(object)),
    );
    expect(three.toSorted()).toEqual(four.toSorted());
  });

  test('is the same for the oldest Kubernetes, but for what it does not know', async () => {
    const old = await render([...values, ...KUBERNETES], { helm: HELM_3 });
    expect(old.map(({ kind, metadata }) => `${kind}/${metadata.name}`).toSorted()).toEqual(
      rendered[0]?.map(({ kind, metadata }) => `${kind}/${metadata.name}`).toSorted(),
    );
    const budgets = old.filter(({ kind }) => kind === 'PodDisruptionBudget');
    expect(budgets.filter(({ spec }) => 'unhealthyPodEvictionPolicy' in spec)).toEqual([]);
  });

  test('makes what can work', async () => {
    const [objects = []] = rendered;
    const named = [...(await readFile(join(CHART, file), 'utf8')).matchAll(/existingSecret: ([\w-]+)/g)];
    const secrets = named.map(([, name = '']) => name);
    expect([
      ...podSecurityComplaints(objects),
      ...referenceComplaints(objects, secrets),
      ...probeComplaints(objects),
      ...settingComplaints(objects),
    ]).toEqual([]);
  });

  test('blocks no drain for ever, and asks for no place that there may not be', () => {
    const [objects = []] = rendered;
    const budgets = objects.filter(({ kind }) => kind === 'PodDisruptionBudget');
    expect(budgets.filter(({ spec }) => spec.maxUnavailable !== 1)).toEqual([]);
    const spreads = podsOf(objects).flatMap(({ spec }) => spec.topologySpreadConstraints ?? []);
    expect(spreads.filter(({ whenUnsatisfiable }) => whenUnsatisfiable !== 'ScheduleAnyway')).toEqual([]);
  });
});

const of = (name: string): Promise<Manifest[]> => render(['-f', join(CHART, `examples/${name}.yaml`)]);

test('air-gapped: every image comes from the registry inside', async () => {
  const images = JSON.stringify(await of('air-gapped')).match(/"image":"[^"]+"/g) ?? [];
  expect(images.length).toBeGreaterThan(10);
  expect(images.filter((image) => !image.startsWith('"image":"registry.internal/transcode-mirror/'))).toEqual([]);
  expect(images.filter((image) => image.includes('/transcode/api:v0.1.0@sha256:000'))).toHaveLength(1);
});

test('gpu: workers of the class gpu ask for a GPU', async () => {
  const { spec } = only(await of('gpu'), 'Deployment', 'worker-gpu');
  const [container] = spec.template.spec.containers;
  expect(spec.template.spec.runtimeClassName).toBe('nvidia');
  expect(container.resources).toMatchObject({
    requests: { cpu: '4', memory: '8Gi', 'nvidia.com/gpu': 1 },
    limits: { cpu: '8', memory: '16Gi', 'nvidia.com/gpu': 1 },
  });
  expect(container.env).toContainEqual({ name: 'CLASSES', value: 'gpu' });
});

test('spot: one value says where workers may be', async () => {
  const { spec } = only(await of('spot'), 'Deployment', 'worker-cpu');
  expect(spec.template.spec.nodeSelector).toEqual({ 'workload-type': 'spot' });
  expect(spec.template.spec.tolerations).toEqual([{ key: 'spot-instance', operator: 'Exists', effect: 'NoSchedule' }]);
});

test('argo-cd: two renderings without a cluster are the same to the byte', async () => {
  const [one, other] = await Promise.all([of('argo-cd'), of('argo-cd')]);
  expect(one).toEqual(other);
});

test('two-in-one-namespace: nothing has a name of the other release, nor chooses its pods', async () => {
  const [other, own] = await Promise.all([of('spot'), of('two-in-one-namespace')]);
  const names = new Set(other.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  expect(own.filter(({ kind, metadata }) => names.has(`${kind}/${metadata.name}`))).toEqual([]);
  expect(own.filter(({ metadata }) => !metadata.name.startsWith('staging-'))).toEqual([]);
});

test('external-services: nothing of the data is there, and its policies lead to where it is', async () => {
  const objects = await of('external-services');
  expect(
    objects.filter(({ kind, metadata }) => kind === 'StatefulSet' && /postgres|redis|seaweed/.test(metadata.name)),
  ).toEqual([]);
  const { spec } = only(objects, 'NetworkPolicy', 'worker-cpu-network-policy');
  expect(JSON.stringify(spec.egress)).toContain('10.20.0.0/24');
  // Who speaks to them trusts their authority, what brings the schema included.
  for (const part of ['api', 'worker-cpu']) {
    const [pod] = podsOf(objects.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name === part));
    for (const container of pod === undefined ? [] : everyContainer(pod)) {
      expect([container.name, container.env?.find(({ name }) => name === 'NODE_EXTRA_CA_CERTS')?.value]).toEqual([
        container.name,
        '/etc/transcode-trust/ca.crt',
      ]);
      expect(container.volumeMounts).toContainEqual({
        name: 'trust',
        mountPath: '/etc/transcode-trust',
        readOnly: true,
      });
    }
  }
});

test('gateway: no Ingress, a route for each host, and who comes without TLS is sent on', async () => {
  const objects = await of('gateway');
  expect(objects.filter(({ kind }) => kind === 'Ingress')).toEqual([]);
  const routes = objects.filter(({ kind }) => kind === 'HTTPRoute').map(({ metadata }) => metadata.name);
  expect(routes).toEqual(['api', 'grafana', 'jaeger', 'to-https']);
  const listeners = (only(objects, 'Gateway', 'gateway').spec.listeners as { name: string }[]).map(({ name }) => name);
  for (const { spec } of objects.filter(({ kind }) => kind === 'HTTPRoute')) {
    for (const { sectionName } of spec.parentRefs as { sectionName: string }[])
      expect(listeners).toContain(sectionName);
  }
});
