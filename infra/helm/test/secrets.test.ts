import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HELMS } from './helm/helms.ts';
import { only, type Labels, type Manifest } from './helm/manifest.ts';
import { INSTALL, render } from './helm/render.ts';

const MADE = [
  'postgres-credentials',
  'redis-credentials',
  'storage-credentials',
  'signing-secrets',
  'first-admin',
  'grafana-admin',
  'jaeger-admin',
];
const HOST = ['--set', 'ingress.hosts[0].host=api.example.com'];
const SEED = ['--set', 'secrets.seed=0123456789abcdef0123456789abcdef'];
const BUCKET = ['--set', 'storage.s3.bucket=b,storage.s3.region=eu-west-1'];

/** What a cluster has of a Secret. */
interface Kept {
  readonly data: Labels;
  readonly annotations: Labels;
}

test('without values all secrets are made, long, and no two alike', async () => {
  const objects = await render(HOST);
  const texts = MADE.flatMap((name) =>
    Object.entries(only(objects, 'Secret', name).stringData ?? {}).filter(([key]) => key !== 'url' && key !== 'email'),
  ).map(([, text]) => text);
  expect(texts).toHaveLength(9);
  expect(new Set(texts).size).toBe(9);
  for (const text of texts) expect(text).toMatch(/^[A-Za-z0-9]{20,}$/);
});

test('a password stands in an address so that it is read again as it was', async () => {
  const objects = await render([...HOST, '--set-string', String.raw`secrets.postgres.password=a+b/c d@e:f%g?h#i`]);
  const { password = '', url = '' } = only(objects, 'Secret', 'postgres-credentials').stringData ?? {};
  expect(password).toBe('a+b/c d@e:f%g?h#i');
  expect(decodeURIComponent(new URL(url).password)).toBe(password);
});

test('what is made outlives the release, as data does that it opens', async () => {
  const objects = await render(HOST);
  for (const name of MADE) {
    expect(only(objects, 'Secret', name).metadata.annotations).toMatchObject({ 'helm.sh/resource-policy': 'keep' });
  }
});

test('a Secret of one’s own is taken everywhere instead of ours', async () => {
  const own = ['postgres', 'redis', 'aws', 'signing', 'firstAdmin', 'grafana', 'jaeger'];
  const objects = await render([
    ...HOST,
    ...own.flatMap((name) => ['--set', `secrets.${name}.existingSecret=own-${name.toLowerCase()}`]),
  ]);
  const there = objects.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name);
  expect(there).toEqual(['alertmanager-config']);
  const named = new Set(JSON.stringify(objects).match(/own-[a-z]+/g));
  expect([...named].toSorted()).toEqual(own.map((name) => `own-${name.toLowerCase()}`).toSorted());
});

/** Stands for a cluster of which Helm asks what there is already: it knows Secrets and nothing else. */
describe.for(HELMS)('an upgrade by Helm $major', (helm) => {
  const kept = new Map<string, Kept>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const name = /\/namespaces\/transcode\/secrets\/([^?]+)/.exec(path)?.[1];
    const secret = name === undefined ? undefined : kept.get(name);
    const answer =
      secret === undefined
        ? answers[path.replace(/\?.*/, '')]
        : {
            ...{ apiVersion: 'v1', kind: 'Secret', data: secret.data },
            metadata: { name, labels: OURS.labels, annotations: { ...secret.annotations, ...OURS.annotations } },
          };
    response
      .writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(
        JSON.stringify(
          answer ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 },
        ),
      );
  });
  let answers: Record<string, object> = {};
  let folder = '';
  let cluster: Record<string, string> = {};

  beforeAll(async () => {
    answers = answersFor(await render(INSTALL, { helm }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    folder = await mkdtemp(join(tmpdir(), 'cluster-'));
    const { port } = server.address() as AddressInfo;
    const config = {
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'c' },
      clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}` } }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      users: [{ name: 'u', user: {} }],
    };
    await writeFile(join(folder, 'config'), JSON.stringify(config));
    cluster = { KUBECONFIG: join(folder, 'config'), HOME: folder };
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  /** As if that had been installed. */
  const install = (objects: readonly Manifest[]): void => {
    kept.clear();
    for (const name of MADE) {
      const found = objects.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === name);
      if (found === undefined) continue;
      const data = Object.entries(found.stringData ?? {}).map(([key, text]) => [
        key,
        Buffer.from(text).toString('base64'),
      ]);
      kept.set(name, { data: Object.fromEntries(data), annotations: found.metadata.annotations ?? {} });
    }
  };
  const asked = (...args: string[]): Promise<Manifest[]> =>
    render([...args, '--dry-run=server', '--disable-openapi-validation'], { helm, env: cluster });

  test('keeps each secret that was made, or given only at the installation', async () => {
    kept.clear();
    const first = await asked(...INSTALL);
    install(first);
    expect(secretsIn(await asked(...HOST))).toEqual(secretsIn(first));
    kept.clear();
    expect(secretsIn(await asked(...HOST))).not.toEqual(secretsIn(first));
  });

  test('that begins to say a seed changes nothing that is there', async () => {
    kept.clear();
    const first = await asked(...INSTALL);
    install(first);
    expect(secretsIn(await asked(...HOST, ...SEED))).toEqual(secretsIn(first));
  });

  test('that says neither the keys of the same bucket nor the first account again keeps them', async () => {
    kept.clear();
    const first = await asked(...INSTALL, ...BUCKET, '--set', 'secrets.firstAdmin.email=ops@example.com');
    install(first);
    const again = await asked(...HOST, ...BUCKET);
    expect(secretsIn(again)).toEqual(secretsIn(first));
    expect(only(again, 'Secret', 'first-admin').stringData).toMatchObject({ email: 'ops@example.com' });
    expect(JSON.stringify(only(again, 'Deployment', 'api'))).toContain('storage-credentials');
  });

  test('to a bucket elsewhere signs in there by no keys of the bundled S3', async () => {
    kept.clear();
    install(await asked(...HOST));
    const moved = await asked(...HOST, ...BUCKET);
    expect(JSON.stringify(only(moved, 'Deployment', 'api'))).not.toContain('storage-credentials');
  });
});

test('of one seed each namespace has secrets of its own', async () => {
  const inNamespaces = ['one', 'one', 'other'].map((name) => render([...INSTALL, ...SEED, '--namespace', name]));
  const [one, again, other] = (await Promise.all(inNamespaces)).map((objects) =>
    only(objects, 'Secret', 'signing-secrets'),
  );
  expect(again?.stringData).toEqual(one?.stringData);
  expect(other?.stringData).not.toEqual(one?.stringData);
});

const secretsIn = (objects: readonly Manifest[]) =>
  Object.fromEntries(MADE.map((name) => [name, only(objects, 'Secret', name).stringData]));

const OURS = {
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': 'transcode', 'meta.helm.sh/release-namespace': 'transcode' },
};

/** What a cluster says of itself: that it knows all kinds of objects that there are. */
function answersFor(objects: readonly Manifest[]): Record<string, object> {
  const kinds = Map.groupBy(objects, ({ apiVersion }) => apiVersion);
  const resources = [...kinds].map(([groupVersion, made]): [string, object] => [
    groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`,
    {
      ...{ kind: 'APIResourceList', apiVersion: 'v1', groupVersion },
      resources: [...new Set(made.map(({ kind }) => kind))].map((kind) => ({
        ...{ name: plural(kind), singularName: kind.toLowerCase(), namespaced: true, kind },
        verbs: ['get', 'list', 'create', 'patch'],
      })),
    },
  ]);
  const groups = [...kinds.keys()]
    .filter((groupVersion) => groupVersion !== 'v1')
    .map((groupVersion) => {
      const [name, version] = groupVersion.split('/');
      return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
    });
  return {
    '/version': { major: '1', minor: '34', gitVersion: 'v1.34.0' },
    '/api': { kind: 'APIVersions', versions: ['v1'] },
    '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups },
    ...Object.fromEntries(resources),
  };
}

const plural = (kind: string): string => kind.toLowerCase().replace(/y$/, 'ie').replace(/s$/, 'se') + 's';
