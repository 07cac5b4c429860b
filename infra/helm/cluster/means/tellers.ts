import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { kubectl, tryInside } from './cluster.ts';
import { HOUSE } from './house.ts';
import { until } from './until.ts';

interface Container {
  readonly name: string;
  readonly args?: readonly string[];
}

interface KubeObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: { readonly template?: { readonly spec: { readonly containers: readonly Container[] } } };
}

/** One that tells autoscalers what they go by, as its own project installs it. */
interface Teller {
  readonly name: string;
  /** What answers for it in the API of Kubernetes. */
  readonly service: string;
  objects(): Promise<readonly object[]>;
}

/** It is there while something is tried, and then it is gone. */
export async function withTeller<T>(teller: Teller, work: () => Promise<T>): Promise<T> {
  const objects = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: await teller.objects() });
  const { code, stderr } = await tryInside(
    ['kubectl', 'apply', '--server-side', '--force-conflicts', '--filename=-'],
    objects,
  );
  if (code !== 0) throw new Error(`${teller.name} could not be installed: ${stderr}`);
  try {
    const ready = '--output=jsonpath={.status.conditions[?(@.type=="Available")].status}';
    await until(
      `${teller.name} answers`,
      async () => ((await kubectl('get', 'apiservice', teller.service, ready)) === 'True' ? true : undefined),
      { seconds: 180 },
    );
    return await work();
  } finally {
    await tryInside(['kubectl', 'delete', '--ignore-not-found', '--wait=false', '--filename=-'], objects);
  }
}

/** As `kubectl kustomize` makes it of a folder beside Kubernetes' programs. */
async function kustomized(folder: string): Promise<KubeObject[]> {
  const found = await tryInside(['sh', '-c', 'command -v kube-apiserver']);
  const path = join(dirname(found.stdout.trim()), folder);
  return parsed(await kubectl('kustomize', path));
}

const parsed = (text: string): KubeObject[] =>
  parseAllDocuments(text).flatMap((document) => {
    const object = document.toJS() as KubeObject | null;
    return object === null ? [] : [object];
  });

/** The same with an image that is on every node, and what more it is told. */
function withImage(object: KubeObject, image: string, more: readonly string[] = []): object {
  const template = object.spec?.template;
  if (object.kind !== 'Deployment' || template === undefined) return object;
  const containers = template.spec.containers.map((container) => ({
    ...container,
    ...{ image, imagePullPolicy: 'IfNotPresent', args: [...(container.args ?? []), ...more] },
    resources: {},
  }));
  const user = { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 };
  const spec = { ...template.spec, containers, securityContext: user };
  return { ...object, spec: { ...object.spec, template: { ...template, spec } } };
}

/** Processors and memory. The kubelets' certificates are of an authority that it does not know. */
export const METRICS_SERVER: Teller = {
  name: 'metrics-server',
  service: 'v1beta1.metrics.k8s.io',
  objects: async () =>
    (await kustomized('metrics-server.objects/base')).map((object) =>
      withImage(object, 'localhost/metrics-server:0.8.0', ['--kubelet-insecure-tls']),
    ),
};

/** Without its webhook, which has no certificate here. */
export const KEDA: Teller = {
  name: 'KEDA',
  service: 'v1beta1.external.metrics.k8s.io',
  objects: async () =>
    (await kustomized('keda.objects/default'))
      .filter(({ metadata }) => !metadata.name.includes('admission'))
      .map((object) => withImage(object, 'localhost/keda:2.18.1')),
};

/** Where its own chart puts it, with our rules. */
export const ADAPTER: Teller = {
  name: 'prometheus-adapter',
  service: 'v1beta1.external.metrics.k8s.io',
  objects: async () => {
    const rules = await readFile(join(HOUSE, 'infra/monitoring/prometheus/adapter.yml'), 'utf8');
    const text = await readFile(join(import.meta.dirname, '../tellers/prometheus-adapter.yaml'), 'utf8');
    const config = {
      ...{ apiVersion: 'v1', kind: 'ConfigMap' },
      metadata: { name: 'prometheus-adapter', namespace: 'monitoring' },
      data: { 'config.yaml': rules },
    };
    const [namespace, ...others] = parsed(text);
    return [namespace ?? {}, config, ...others];
  },
};
