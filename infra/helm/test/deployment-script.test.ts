import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PLAIN } from '../src/plain/plain-manifests.ts';
import { startClusterStandIn, type ClusterStandIn, type Live } from './helm/cluster-stand-in.ts';
import { podsOf, type Manifest } from './helm/manifest.ts';
import { INSTALL, render } from './helm/render.ts';

// infra/k8s/test/k8s_deployment_test.sh against a stand-in for a cluster: its reasons are tried here, not the cluster.

const SCRIPT = join(PLAIN, 'test/k8s_deployment_test.sh');
const TESTS = [
  ...['test_deployments', 'test_pods', 'test_services', 'test_ingress', 'test_health', 'test_hpa'],
  ...['test_network_policies', 'test_probes', 'test_scaling', 'test_rollout', 'test_rollback'],
];

let rendered: Manifest[];
let cluster: ClusterStandIn;
let live: Live[];
/** Commands that fail, by what they look like. */
let broken: RegExp | undefined;

beforeAll(async () => {
  rendered = await render(INSTALL);
  cluster = await startClusterStandIn(() => live, command);
});
beforeEach(() => {
  live = healthy(structuredClone(rendered));
  broken = undefined;
});
afterAll(() => cluster.dispose());

async function run(...names: readonly string[]) {
  const child = spawn(SCRIPT, names, { env: { ...cluster.env, TIMEOUT: '1s' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [code, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

const one = (kind: string, name: string): Live => {
  const found = live.find((each) => each.kind === kind && each.metadata.name === name);
  if (found === undefined) throw new Error(`There is no ${kind}/${name}.`);
  return found;
};

test('all that is well passes, one test by its name too, and one that is not there is refused with those that are', async () => {
  const all = await run();
  expect(all).toEqual({
    ...{ code: 0, stderr: '' },
    stdout: [...TESTS.map((name) => `PASS ${name}`), '11 of 11 passed', ''].join('\n'),
  });
  expect(one('HorizontalPodAutoscaler', 'api').spec.minReplicas).toBe(3);
  expect(await run('test_pods')).toMatchObject({ code: 0, stdout: 'PASS test_pods\n1 of 1 passed\n' });
  const unknown = await run('test_everything');
  expect(unknown.code).toBe(2);
  for (const name of TESTS) expect(unknown.stderr).toContain(name);
});

const BREAKS: readonly [string, string, RegExp, () => void][] = [
  [
    'test_deployments',
    'a worker that is not ready',
    /worker-cpu has 0 of 2 ready/,
    () => delete one('Deployment', 'worker-cpu').status.readyReplicas,
  ],
  ['test_deployments', 'a lost Deployment', /there is no Deployment console/, () => lose('Deployment', 'console')],
  [
    'test_deployments',
    'a change that is not heeded',
    /api was changed/,
    () => (one('Deployment', 'api').metadata.generation = 2),
  ],
  ['test_pods', 'a pod that starts again and again', /api-x is not ready: CrashLoopBackOff/, () => ailing('api-x')],
  [
    'test_pods',
    'a pod that waits for a node',
    /redis-x is Pending/,
    () => (one('Pod', 'redis-x').status.phase = 'Pending'),
  ],
  [
    'test_services',
    'a Service with nobody behind it',
    /nobody is ready behind the Service postgres/,
    () => lose('EndpointSlice', 'postgres-1'),
  ],
  [
    'test_services',
    'a Service that chooses nobody',
    /^ {2}nobody is ready behind the Service postgres$/m,
    () => Object.assign(one('EndpointSlice', 'postgres-1'), { endpoints: null }),
  ],
  ['test_services', 'a lost Service', /there is no Service api-service/, () => lose('Service', 'api-service')],
  [
    'test_ingress',
    'a class that nobody serves',
    /the class nginx, which nobody serves/,
    () => (one('IngressClass', 'nginx').metadata.name = 'other'),
  ],
  [
    'test_ingress',
    'an Ingress without an address',
    /no controller has taken the Ingress grafana/,
    () => (one('Ingress', 'grafana').status.loadBalancer = {}),
  ],
  [
    'test_ingress',
    'a way that leads nowhere',
    /leads to grafana, which is not there/,
    () => lose('Service', 'grafana'),
  ],
  ['test_health', 'an API that is not ready', /the API is not ready/, () => (broken = /127\.0\.0\.1:8080\/ready/)],
  [
    'test_health',
    'a Service that leads nowhere',
    /the console does not reach api-service/,
    () => (broken = /deployment\/console.*api-service/),
  ],
  [
    'test_hpa',
    'no metrics',
    /api does not get what it goes by/,
    () => (one('HorizontalPodAutoscaler', 'api').status.conditions[1].status = 'False'),
  ],
  [
    'test_hpa',
    'too few pods',
    /worker-cpu has 1 pods, not 2 to 20/,
    () => (one('HorizontalPodAutoscaler', 'worker-cpu').status.currentReplicas = 1),
  ],
  ['test_hpa', 'a lost autoscaler', /no autoscaler scales api/, () => lose('HorizontalPodAutoscaler', 'api')],
  [
    'test_network_policies',
    'a lost policy',
    /there is no postgres-network-policy/,
    () => lose('NetworkPolicy', 'postgres-network-policy'),
  ],
  ['test_network_policies', 'policies that nobody enforces', /the console reaches Postgres/, () => (isOpen = true)],
  [
    'test_network_policies',
    'a policy that is too narrow',
    /the API does not reach Postgres/,
    () => (broken = /deployment\/api.*5432/),
  ],
  [
    'test_probes',
    'a lost probe',
    /worker has no livenessProbe/,
    () => delete one('Deployment', 'worker-cpu').spec.template.spec.containers[0].livenessProbe,
  ],
  ['test_probes', 'a probe that does not pass', /the probes of api-x do not pass/, () => ailing('api-x')],
  ['test_scaling', 'pods that do not come', /the API has 3 ready pods, not 4/, () => (isStuck = true)],
  ['test_scaling', 'an autoscaler that takes nothing', /took no other number/, () => (broken = /patch hpa/)],
  ['test_rollout', 'a rollout that hangs', /was not rolled out within/, () => (broken = /rollout status/)],
  ['test_rollout', 'new pods that do not answer', /the new console does not answer/, () => (broken = /sign-in/)],
  ['test_rollback', 'an undo that does nothing', /the change is still there/, () => (isStuck = true)],
  ['test_rollback', 'an undo that is refused', /it could not be undone/, () => (broken = /rollout undo/)],
];
let isOpen = false;
let isStuck = false;
beforeEach(() => {
  isOpen = false;
  isStuck = false;
});

test.for(BREAKS)('%s tells %s', async ([name, , reason, breakIt]) => {
  breakIt();
  const { code, stdout } = await run(name);
  expect(stdout).toMatch(reason);
  expect(stdout).toContain(`FAIL ${name}\n0 of 1 passed`);
  expect(code).toBe(1);
});

test('every test can fail', () => {
  expect([...new Set(BREAKS.map(([name]) => name))]).toEqual(TESTS);
});

test('with nothing there, nothing passes', async () => {
  live = [];
  broken = /./;
  const { code, stdout } = await run();
  expect([code, stdout.match(/^PASS.*$/gm)]).toEqual([1, null]);
});

const lose = (kind: string, name: string): void => void (live = live.filter((each) => each !== one(kind, name)));

function ailing(name: string): void {
  const { status } = one('Pod', name);
  status.conditions = [{ type: 'Ready', status: 'False' }];
  status.containerStatuses = [{ started: false, ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } } }];
}

const annotations = (): Record<string, string> =>
  (one('Deployment', 'console').spec.template.metadata.annotations ??= {});

/** What kubectl does beside getting: as much of it as the script looks at afterwards. */
function command(words: readonly string[]): { code: number } {
  const line = words.join(' ');
  if (broken?.test(line) === true) return { code: 1 };
  if (line.includes('exec deployment/console') && line.includes('5432')) return { code: isOpen ? 0 : 2 };
  const patch = words[words.indexOf('-p') + 1] ?? '';
  if (line.includes('patch hpa api')) {
    const { minReplicas } = (JSON.parse(patch) as { spec: { minReplicas: number } }).spec;
    one('HorizontalPodAutoscaler', 'api').spec.minReplicas = minReplicas;
    if (!isStuck) one('Deployment', 'api').status.readyReplicas = minReplicas;
  }
  if (line.includes('patch deployment console'))
    annotations()['transcode-deployment-test'] = /at-\d+/.exec(patch)?.[0] ?? '';
  if (line.includes('rollout undo') && !isStuck) delete annotations()['transcode-deployment-test'];
  return { code: 0 };
}

/** What the chart makes, as a cluster has it a while later. */
function healthy(objects: readonly Manifest[]): Live[] {
  const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } };
  const conditions = ['AbleToScale', 'ScalingActive'].map((type) => ({ type, status: 'True' }));
  const running = { started: true, ready: true, state: { running: {} } };
  const made = objects.flatMap((object): Live[] => {
    const { kind, metadata, spec } = object;
    const { name, labels } = metadata;
    if (kind === 'Deployment' || kind === 'StatefulSet') {
      const replicas = (spec.replicas as number | undefined) ?? (name === 'api' ? 3 : 2);
      const states = { readyReplicas: replicas, observedGeneration: 1 };
      return [{ ...object, metadata: { ...metadata, generation: 1 }, spec: { ...spec, replicas }, status: states }];
    }
    if (kind === 'Ingress') return [{ ...object, status }];
    if (kind === 'HorizontalPodAutoscaler')
      return [{ ...object, status: { currentReplicas: spec.minReplicas as number, conditions } }];
    if (kind === 'Service') {
      const slice = { name: `${name}-1`, labels: { ...labels, 'kubernetes.io/service-name': name } };
      const endpoints = [{ addresses: ['10.0.0.1'], conditions: { ready: true } }];
      return [object, { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: slice, endpoints }];
    }
    return kind === 'Pod' ? [] : [object];
  });
  const pods = podsOf(objects)
    .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    .map(({ owner, labels }): Live => ({
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: `${owner.replace(/^\w+\//, '')}-x`, labels } },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [running] },
    }));
  return [...made, ...pods, { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'nginx' } }];
}
