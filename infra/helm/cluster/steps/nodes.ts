import { kubectl, list, pods, type Named } from './cluster.ts';

const DATA = /^data-(postgres|redis|seaweedfs)-/;

/**
 * A node on which something of ours runs, and neither what videos are kept in, nor the client, nor what may not go: one with a worker if there is
 * one.
 */
export async function withoutData(besides: readonly string[] = []): Promise<string> {
  const claims = await list<Named & { readonly metadata: { readonly annotations: Readonly<Record<string, string>> } }>(
    'persistentvolumeclaims',
  );
  const data = claims.filter(({ metadata }) => DATA.test(metadata.name));
  const taken = new Set([
    ...data.map(({ metadata }) => metadata.annotations['volume.kubernetes.io/selected-node']),
    await kubectl('get', 'pod', 'client', '--namespace=ingress-nginx', '--output=jsonpath={.spec.nodeName}'),
    ...besides,
  ]);
  const free = (await pods('component in (api,console,worker-cpu)')).filter(({ spec }) => !taken.has(spec.nodeName));
  const chosen = free.find(({ metadata }) => metadata.labels['component'] === 'worker-cpu') ?? free[0];
  if (chosen === undefined) throw new Error('Every node keeps data.');
  return chosen.spec.nodeName;
}

/** What of ours is on a node, by part. */
export const partsOn = async (node: string): Promise<string[]> =>
  (await pods('component!=test'))
    .filter(({ spec }) => spec.nodeName === node)
    .map(({ metadata }) => metadata.labels['component'] ?? '')
    .toSorted();
