import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { HELM_4 } from '../../test/helm/helms.ts';
import type { Labels, Manifest } from '../../test/helm/manifest.ts';
import { render } from '../../test/helm/render.ts';
import { PLAIN_FILES, placeOf, type PlainFile } from './place-of.ts';
import { plainPage } from './plain-page.ts';

/** infra/k8s. */
export const PLAIN = resolve(import.meta.dirname, '../../../k8s');

const WRITTEN =
  '# Written by `pnpm --filter @transcode/helm manifests` from the chart (infra/helm/transcode) and ../values.yaml.\n';

/** Within a file what others need comes first. */
const ORDER = ['Namespace', 'ServiceAccount', 'Role', 'RoleBinding', 'Secret', 'ConfigMap', 'Service'];
const rank = ({ kind }: Manifest): number => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);

/** Every file of infra/k8s that is written, by its path there: what the chart makes, without what is Helm's, and the page about it. */
export async function plainManifests(): Promise<[string, string][]> {
  const made = await render(['-f', join(PLAIN, 'values.yaml')], { helm: HELM_4 });
  const places = Map.groupBy(
    made.toSorted((a, b) => rank(a) - rank(b)),
    placeOf,
  ).set('base/namespace.yaml', [NAMESPACE]);
  const files = (Object.keys(PLAIN_FILES) as PlainFile[]).map((file): [string, string] => {
    const documents = (places.get(file) ?? []).map((object) =>
      // To kubectl, which reads YAML 1.1, a bare `off` is no word.
      stringify(withoutHelm(object), { lineWidth: 0, singleQuote: true, version: '1.1' }),
    );
    return [file, `# ${PLAIN_FILES[file]}\n${WRITTEN}${documents.join('---\n')}`];
  });
  return [...files, ['README.md', plainPage(places)]];
}

const NAMESPACE: Manifest = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'transcode',
    labels: Object.fromEntries(
      ['enforce', 'warn', 'audit'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']),
    ),
  },
};

/** Labels of who installed it, wherever there are some; and sums of settings, which would not follow who changes them in these files. */
function withoutHelm<T>(value: T): T {
  if (Array.isArray(value)) return value.map((each: unknown) => withoutHelm(each)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inside]): [string, unknown] => [
    key,
    key === 'metadata' ? plain(inside as Manifest['metadata']) : withoutHelm(inside as unknown),
  ]);
  return Object.fromEntries(entries) as T;
}

function plain({ labels, annotations, ...metadata }: Manifest['metadata']): Manifest['metadata'] {
  const kept = Object.entries(annotations ?? {}).filter(([name]) => !/^(helm\.sh|checksum)\//.test(name));
  return {
    ...metadata,
    ...(labels === undefined ? {} : { labels: relabelled(labels) }),
    ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
  };
}

const relabelled = (labels: Labels): Labels =>
  Object.fromEntries(
    Object.entries(labels)
      .filter(([name]) => name !== 'helm.sh/chart')
      .map(([name, value]) => [name, name === 'app.kubernetes.io/managed-by' ? 'kubectl' : value]),
  );
