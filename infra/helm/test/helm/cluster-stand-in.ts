import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { KUBECTL } from './helms.ts';

/** An object of a cluster, with what its controllers say of it. */
export interface Live {
  readonly apiVersion: string;
  readonly kind: string;
  // As they are for each kind.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly metadata: any;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly spec?: any;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly status?: any;
  readonly endpoints?: readonly object[];
}

interface Answer {
  readonly code: number;
  readonly stdout?: string;
}

export interface ClusterStandIn {
  /** For who runs kubectl: it is found first in PATH. */
  readonly env: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

/**
 * Stands for a cluster: what is got is got by the real kubectl, from objects over HTTP; every other command of kubectl is told to `command`, word by
 * word, and nothing is run.
 */
export async function startClusterStandIn(
  objects: () => readonly Live[],
  command: (words: readonly string[]) => Answer,
): Promise<ClusterStandIn> {
  const answer = async (request: IncomingMessage): Promise<object | undefined> => {
    if (request.method === 'POST') return command((await json(request)) as string[]);
    const url = new URL(request.url ?? '/', 'http://cluster');
    return discovery(objects())[url.pathname] ?? got(url, objects());
  };
  const server = createServer((request, response) => {
    void answer(request).then((found) => {
      const missing = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 };
      return response
        .writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(found ?? missing));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await mkdtemp(join(tmpdir(), 'kubectl-'));
  const real = `${KUBECTL.program} --server ${address} --cache-dir ${folder}/cache`;
  const other = `const words = process.argv.slice(1);
    fetch('${address}', { method: 'POST', body: JSON.stringify(words) }).then((told) => told.json()).then(({ code, stdout = '' }) => {
      process.stdout.write(stdout); process.exit(code); });`;
  await writeFile(join(folder, 'told.cjs'), other.replace('slice(1)', 'slice(2)'));
  await writeFile(
    join(folder, 'kubectl'),
    `#!/bin/bash\nfor word; do [ "$word" != get ] || exec ${real} "$@"; done\nexec ${process.execPath} ${folder}/told.cjs "$@"\n`,
    { mode: 0o755 },
  );
  return {
    env: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: folder, KUBECONFIG: '/dev/null' }, // oxlint-disable-line node/no-process-env
    dispose: async () => {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}

const plural = (kind: string): string =>
  kind
    .toLowerCase()
    .replace(/y$/, 'ie')
    .replace(/s$/, 'se')
    .replace(/endpointslice$/, 'endpointslice') + 's';

function got({ pathname, searchParams }: URL, objects: readonly Live[]): object | undefined {
  const [, group, kinds, name] =
    /^\/(?:apis\/|api\/)([\w./]+?)(?:\/namespaces\/transcode)?\/([a-z]+)(?:\/([\w-]+))?$/.exec(pathname) ?? [];
  const wanted = (searchParams.get('labelSelector') ?? '').split(',').filter(Boolean);
  const found = objects.filter(
    ({ apiVersion, kind, metadata }) =>
      apiVersion === group &&
      plural(kind) === kinds &&
      wanted.every((label) => metadata.labels?.[label.split('=')[0] ?? ''] === label.split('=')[1]),
  );
  if (kinds === undefined) return undefined;
  if (name !== undefined) return found.find(({ metadata }) => metadata.name === name);
  return { kind: 'List', apiVersion: 'v1', metadata: {}, items: found };
}

const SHORT: Readonly<Record<string, string[]>> = { HorizontalPodAutoscaler: ['hpa'] };

/** What a cluster says of itself: that it knows the kinds that are there. */
function discovery(objects: readonly Live[]): Record<string, object> {
  const groups = [...Map.groupBy(objects, ({ apiVersion }) => apiVersion)];
  const lists = groups.map(([groupVersion, made]): [string, object] => [
    groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`,
    {
      ...{ kind: 'APIResourceList', apiVersion: 'v1', groupVersion },
      resources: [...new Set(made.map(({ kind }) => kind))].map((kind) => ({
        ...{ name: plural(kind), singularName: kind.toLowerCase(), namespaced: kind !== 'IngressClass', kind },
        ...{ verbs: ['get', 'list'], shortNames: SHORT[kind] ?? [] },
      })),
    },
  ]);
  const named = groups
    .filter(([groupVersion]) => groupVersion !== 'v1')
    .map(([groupVersion]) => {
      const [name, version] = groupVersion.split('/');
      return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
    });
  return {
    '/api': { kind: 'APIVersions', versions: ['v1'] },
    '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: named },
    ...Object.fromEntries(lists),
  };
}
