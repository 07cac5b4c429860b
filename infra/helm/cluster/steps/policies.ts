import { expect, test } from 'vitest';
import { EXPECTED } from '../../test/checks/policies.ts';
import { kubectl, NAMESPACE, pods, tryInside, type Pod } from '../means/cluster.ts';
import { say } from '../means/say.ts';

/** What nobody needs, and somebody who got into a pod would try. */
const REFUSED = [
  ...['api', 'console', 'worker-cpu', 'postgres', 'redis', 'seaweedfs', 'alertmanager'].map(
    (from) => `${from} → kubernetes:443`,
  ),
  'worker-cpu → console:3000',
  'worker-cpu → api:8080',
  'worker-cpu → api:9090',
  'worker-cpu → prometheus:9090',
  'worker-cpu → alertmanager:9093',
  'console → postgres:5432',
  'console → redis:6379',
  'console → seaweedfs:8333',
  'console → worker-cpu:9091',
  'console → prometheus:9090',
  'api → worker-cpu:9091',
  'postgres → redis:6379',
  'postgres → api:8080',
  'redis → postgres:5432',
  'seaweedfs → postgres:5432',
  'prometheus → postgres:5432',
  'alertmanager → api:8080',
  'outside → api:9090',
  'outside → console:3000',
  'outside → postgres:5432',
  'outside → redis:6379',
  'outside → prometheus:9090',
  'outside → worker-cpu:9091',
  'stranger → api:8080',
] as const;

/** In places that are no parts of the release: other namespaces, and the cluster itself. */
const PLACES = new Set(['outside', 'stranger', 'kubernetes']);

/** Whether both ends are there; which parts are, the test of the installation says. The pod `test` is over, and tells of its own. */
const isThere = (connection: string, all: readonly Pod[]): boolean =>
  connection
    .split(/ → |:/)
    .slice(0, 2)
    .every(
      (part) =>
        PLACES.has(part) ||
        all.some(({ metadata, status }) => metadata.labels['component'] === part && status.phase === 'Running'),
    );

/** Who can be asked to connect: a pod of the release, the ingress controller's place, or one of another namespace. */
function placeOf(from: string, all: readonly Pod[]): string[] {
  if (from === 'outside') return ['--namespace', 'ingress-nginx', 'client'];
  if (from === 'stranger') return ['--namespace', 'default', 'stranger'];
  return ['--namespace', NAMESPACE, named(from, all).metadata.name];
}

function named(part: string, all: readonly Pod[]): Pod {
  const found = all.find(({ metadata }) => metadata.labels['component'] === part);
  if (found === undefined) throw new Error(`There is no pod of ${part}.`);
  return found;
}

/** By the pod's own address, so that neither names nor Services have a say; Debian's bash is in every image of this cluster. */
async function connects(connection: string, all: readonly Pod[]): Promise<boolean> {
  const [from = '', to = ''] = connection.split(' → ');
  const [part = '', port = ''] = to.split(':');
  const address = part === 'kubernetes' ? '10.96.0.1' : named(part, all).status.podIP;
  const { stdout, stderr } = await tryInside([
    ...['kubectl', 'exec', ...placeOf(from, all), '--', 'bash', '-c'],
    `timeout 3 bash -c '</dev/tcp/${address}/${port}' 2>/dev/null; echo $?`,
  ]);
  const code = stdout.trim();
  // Refused by nobody who listens is no policy's doing: 1. Without an answer at all: 124.
  if (code === '0') return true;
  if (code === '124') return false;
  throw new Error(`${connection}: ${code} ${stderr}`);
}

export function policies(): void {
  test('what there is to be connects, and what there is not to be does not', async () => {
    const all = await pods();
    await kubectl(
      ...[
        'run',
        'stranger',
        '--namespace',
        'default',
        '--image',
        await imageOfApi(),
        '--image-pull-policy=IfNotPresent',
      ],
      ...['--', 'node', '-e', 'setInterval(() => {}, 1000)'],
    );
    await kubectl('wait', '--for=condition=Ready', 'pod/stranger', '--namespace=default', '--timeout=120s');
    const allowed = [...EXPECTED, 'outside → api:8080', 'prometheus → kubernetes:443'];
    const [may, mayNot] = [allowed, REFUSED].map((some) => some.filter((one) => isThere(one, all))) as [
      string[],
      string[],
    ];
    const refused: string[] = [];
    for (const one of may) if (!(await connects(one, all))) refused.push(one);
    const open: string[] = [];
    for (const one of mayNot) if (await connects(one, all)) open.push(one);
    await kubectl('delete', 'pod', 'stranger', '--namespace=default', '--grace-period=0', '--force');
    say(`${may.length} connections that there are, ${mayNot.length} that there must not be.`);
    expect({ refused, open }).toEqual({ refused: [], open: [] });
    expect(mayNot.length).toBeGreaterThanOrEqual(20);
  });
}

const imageOfApi = (): Promise<string> =>
  kubectl(
    ...['get', 'deployment', 'api', '--namespace', NAMESPACE],
    '--output=jsonpath={.spec.template.spec.containers[0].image}',
  );
