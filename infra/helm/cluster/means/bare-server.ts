import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SESSION_RECHECK_MS } from '@transcode/contracts';
import { apply, kubectl, NAMESPACE, tryInside, type Pod } from './cluster.ts';

interface Size {
  readonly cpu: string;
  readonly memory: string;
}

/** Whatever comes is let in, beside what the release's own policies say; and who is bare reaches Postgres. */
const policy = (name: string, chosen: object, spec: object): object => ({
  ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: NAMESPACE } },
  spec: { podSelector: { matchLabels: chosen }, ...spec },
});
const [BARE, API, POSTGRES] = [{ app: 'bare' }, { component: 'api' }, { component: 'postgres' }];
const POLICIES = [
  policy('load-bare', BARE, { policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] }),
  policy('load-api', API, { policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 8080 }] }] }),
  policy('load-postgres', POSTGRES, {
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: BARE } }], ports: [{ port: 5432 }] }],
  }),
];

/** Lets the generator in to the API, which stands where no policy of the release sees an ingress controller. */
export async function letLoadIn(): Promise<void> {
  await apply(...POLICIES);
}

export async function keepLoadOut(): Promise<void> {
  const names = ['load-bare', 'load-api', 'load-postgres'];
  await kubectl('delete', 'networkpolicy', ...names, '--namespace', NAMESPACE, '--ignore-not-found');
}

/** ../load/main.ts in the API's image, on a pod's node, as large as that one. */
export async function startBareServer(beside: Pod, size: Size): Promise<Pod> {
  const program = await readFile(join(import.meta.dirname, '../load/main.ts'), 'utf8');
  const metadata = { name: 'bare', namespace: NAMESPACE };
  const url = { secretKeyRef: { name: 'postgres-credentials', key: 'url' } };
  await apply(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'main.ts': program } },
    {
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, labels: BARE } },
      spec: {
        ...{ nodeName: beside.spec.nodeName, automountServiceAccountToken: false, terminationGracePeriodSeconds: 0 },
        securityContext: {
          ...{ runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } },
        },
        containers: [
          {
            ...{
              name: 'bare',
              image: beside.spec.containers[0]?.image,
              imagePullPolicy: 'IfNotPresent',
              args: ['node', '/bare/main.ts'],
            },
            env: [
              { name: 'DATABASE_URL', valueFrom: url },
              { name: 'RECHECK_MS', value: String(SESSION_RECHECK_MS) },
            ],
            resources: { requests: size, limits: size },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
            volumeMounts: [{ name: 'program', mountPath: '/bare' }],
          },
        ],
        volumes: [{ name: 'program', configMap: { name: 'bare' } }],
      },
    },
  );
  await kubectl('wait', '--for=condition=Ready', 'pod/bare', '--namespace', NAMESPACE, '--timeout=120s');
  return JSON.parse(await kubectl('get', 'pod', 'bare', '--namespace', NAMESPACE, '--output=json')) as Pod;
}

export async function endBareServer(): Promise<void> {
  await kubectl('delete', 'pod,configmap', 'bare', '--namespace', NAMESPACE, '--ignore-not-found');
}

const TICKS = 100;

/** Seconds of processors that the busiest process of a pod has had. */
export async function processorSeconds({ metadata }: Pod): Promise<number> {
  const read = ['sh', '-c', 'cat /proc/[0-9]*/stat 2>/dev/null; true'];
  const { stdout } = await tryInside(['kubectl', 'exec', '--namespace', NAMESPACE, metadata.name, '--', ...read]);
  const each = stdout.split('\n').map((line) => {
    // The program's name may have spaces in it.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS;
  });
  return Math.max(...each);
}
