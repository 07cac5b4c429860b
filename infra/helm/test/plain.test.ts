import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLACEHOLDER, readSettings } from '@transcode/contracts/settings';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { PLAIN_FILES, placeOf, type PlainFile } from '../src/plain/place-of.ts';
import { PLAIN, plainManifests } from '../src/plain/plain-manifests.ts';
import { everyComplaint } from './checks/all.ts';
import { podSecurityComplaints } from './checks/pod-security.ts';
import { connections } from './checks/policies.ts';
import { environmentOf } from './checks/settings.ts';
import { everyContainer, only, podsOf, selects, type Container, type Manifest } from './helm/manifest.ts';
import { INSTALL, render } from './helm/render.ts';

const FILES = Object.keys(PLAIN_FILES) as PlainFile[];
const read = (file: string): string => readFileSync(join(PLAIN, file), 'utf8');
/** As kubectl reads it, to which a bare `off` is no word. */
const objectsIn = (file: string): Manifest[] =>
  parseAllDocuments(read(file), { version: '1.1' }).map((document) => document.toJS() as Manifest);
const name = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`;
/** Everything, as who applies all files has it. */
const all = FILES.flatMap(objectsIn);

describe('infra/k8s', () => {
  test('is what would be rendered now: pnpm --filter @transcode/helm manifests', async () => {
    const stale = (await plainManifests()).filter(([file, text]) => read(file) !== text).map(([file]) => file);
    expect(stale).toEqual([]);
    const there = globSync('{base,monitoring}/**/*.*', { cwd: PLAIN });
    expect(there.toSorted()).toEqual([...FILES, 'base/disaster-recovery.md'].toSorted());
  });

  test('has what the install line makes, each object once, and nothing that cannot work', async () => {
    const installed = (await render(INSTALL)).filter(({ metadata }) => metadata.labels?.['component'] !== 'test');
    expect(all.map(name).toSorted()).toEqual([...installed.map(name), 'Namespace/transcode'].toSorted());
    const said = JSON.parse(JSON.stringify(all).replaceAll(PLACEHOLDER, 'said-to-be-long-enough')) as Manifest[];
    expect(everyComplaint(said).filter((complaint) => complaint !== 'test → api:8080 is refused')).toEqual([]);
    expect(all.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [] : [metadata.namespace]))).not.toContain(
      undefined,
    );
  });

  test('labels and annotations are words, as kubectl reads them', () => {
    const kept = all.flatMap(({ metadata }) => Object.entries({ ...metadata.labels, ...metadata.annotations }));
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.filter(([, value]) => typeof value !== 'string')).toEqual([]);
  });

  test('is Helm’s in nothing', () => {
    expect(JSON.stringify(all)).not.toMatch(/helm\.sh|"Helm"|checksum\//);
  });

  test('applied file by file, each has by then what it names; Grafana alone waits for its dashboards', () => {
    const late: string[] = [];
    const there = new Set<string>();
    for (const file of FILES) {
      const objects = objectsIn(file);
      for (const object of objects) there.add(name(object));
      for (const named of objects.flatMap((object) => namesIn(object))) {
        if (!there.has(named)) late.push(`${file}: ${named.replace(/dashboard-.*/, 'dashboard-…')}`);
      }
    }
    expect([...new Set(late)]).toEqual(['monitoring/grafana-deployment.yaml: ConfigMap/dashboard-…']);
  });
});

describe('a placeholder that was left', () => {
  test('is in every secret', () => {
    const secrets = all.filter((object) => object.kind === 'Secret' && placeOf(object) === 'base/secret.yaml');
    const said = secrets.flatMap(({ stringData = {} }) =>
      Object.entries(stringData).filter(([key, text]) => key !== 'email' && !text.includes(PLACEHOLDER)),
    );
    expect(secrets).toHaveLength(7);
    expect(said).toEqual([]);
  });

  test.for(['api', 'console', 'worker'] as const)('ends %s at its start, and is named', (reader) => {
    const container = podsOf(all)
      .flatMap(everyContainer)
      .find((one) => one.name === reader) as Container;
    const values = Object.entries(environmentOf(container, all)).map(([key, { value }]) => [key, value] as const);
    const secrets = values.filter(([, value]) => value.includes(PLACEHOLDER));
    expect(secrets.length).toBeGreaterThan(0);
    for (const [key] of secrets) {
      const env = Object.fromEntries(
        values.map(([other, value]) => [other, other === key ? value : value.replaceAll(PLACEHOLDER, 'said')]),
      );
      expect(() => readSettings(reader, env)).toThrow(`(${PLACEHOLDER}): ${key}.`);
    }
  });

  let guards: [string, Container][] = [];
  beforeAll(() => {
    guards = podsOf(all).flatMap((pod) =>
      everyContainer(pod)
        .filter((container) => container.name === 'no-placeholder')
        .map((container): [string, Container] => [pod.owner, container]),
    );
  });

  test('stops programs of others before they begin, and their data with them', () => {
    expect(guards.map(([owner]) => owner).toSorted()).toEqual([
      'StatefulSet/grafana',
      'StatefulSet/jaeger',
      'StatefulSet/postgres',
      'StatefulSet/redis',
      'StatefulSet/seaweedfs',
    ]);
    for (const [owner, { command = [], env = [] }] of guards) {
      const [program = '', ...args] = command;
      const run = (values: readonly string[]) =>
        spawnSync(program, args, { env: Object.fromEntries(env.map(({ name: key }, at) => [key, values[at] ?? ''])) });
      const said = env.map((_, at) => `a password${at}`);
      expect([owner, run(said).status]).toEqual([owner, 0]);
      for (const at of env.keys()) {
        const { status, stderr } = run(said.with(at, `x${PLACEHOLDER}y`));
        expect([owner, status, String(stderr)]).toEqual([owner, 1, expect.stringContaining('secret.yaml')]);
      }
    }
  });

  test('an installation by Helm asks for none of that', async () => {
    expect(JSON.stringify(await render(INSTALL))).not.toContain('no-placeholder');
  });
});

/** Secrets, ConfigMaps, accounts and Deployments that an object names. */
function namesIn(object: Manifest): string[] {
  const text = JSON.stringify(object.spec ?? {});
  const found = (pattern: RegExp, kind: string): string[] =>
    [...text.matchAll(pattern)].map(([, each = '']) => `${kind}/${each}`);
  return [
    ...found(/"secretKeyRef":\{"name":"([\w-]+)"/g, 'Secret'),
    ...found(/"secretName":"([\w-]+)"/g, 'Secret').filter(() => object.kind !== 'Ingress'),
    ...found(/"configMap(?:Ref)?":\{"name":"([\w-]+)"/g, 'ConfigMap'),
    ...found(/"serviceAccountName":"([\w-]+)"/g, 'ServiceAccount'),
    ...found(/"scaleTargetRef":\{[^}]*"name":"([\w-]+)"/g, 'Deployment'),
  ];
}

test('what is there is found by its name', () => {
  expect(namesIn(only(all, 'Deployment', 'api'))).toContain('Secret/signing-secrets');
  expect(namesIn(only(all, 'HorizontalPodAutoscaler', 'worker-cpu'))).toEqual(['Deployment/worker-cpu']);
});

const from = (objects: readonly Manifest[]): string[] =>
  connections(objects).filter((line) => line.startsWith('worker-cpu →'));

test('the debug pod keeps what pods have to keep, names what is there, and reaches what a worker reaches', () => {
  const debug = parseAllDocuments(read('debug-pod.yaml')).map((document) => document.toJS() as Manifest);
  expect(podSecurityComplaints(debug)).toEqual([]);
  expect(namesIn(debug[0] as Manifest).filter((each) => !all.map(name).includes(each))).toEqual([]);
  const withoutWorkers = all.filter((object) => name(object) !== 'Deployment/worker-cpu');
  expect(from(withoutWorkers)).toEqual([]);
  expect(from([...withoutWorkers, ...debug])).toEqual(from(all));
  const { labels = {} } = (debug[0] as Manifest).metadata;
  const services = all.filter(({ kind, spec }) => kind === 'Service' && selects(spec.selector, labels));
  expect(services).toEqual([]);
  expect(debug[0]?.spec.containers[0].image).toBe(
    only(all, 'Deployment', 'api').spec.template.spec.initContainers[0].image,
  );
});
