import { only, podsOf, type Container, type Manifest } from '../helm/manifest.ts';

interface Deployed {
  readonly kind: string;
  readonly name: string;
  /** None where an autoscaler says it: scaling.ts. */
  readonly replicas?: number;
  readonly resources?: Container['resources'];
}

/** What the specification fixes, as its commands have it. */
const DEPLOYED: readonly Deployed[] = [
  {
    ...{ kind: 'Deployment', name: 'api' },
    resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '2', memory: '2Gi' } },
  },
  { kind: 'Deployment', name: 'console', replicas: 2 },
  {
    ...{ kind: 'Deployment', name: 'worker-cpu' },
    resources: { requests: { cpu: '2', memory: '4Gi' }, limits: { cpu: '4', memory: '8Gi' } },
  },
  { kind: 'StatefulSet', name: 'postgres', replicas: 1 },
  { kind: 'StatefulSet', name: 'redis', replicas: 1 },
];
const LABELS: readonly [string, string, string][] = [
  ['StatefulSet/postgres', 'app', 'postgres'],
  ['StatefulSet/redis', 'app', 'redis'],
  ['Deployment/api', 'component', 'api'],
  ['Deployment/api', 'app.kubernetes.io/component', 'api'],
  ['Deployment/worker-cpu', 'app.kubernetes.io/component', 'worker'],
  ['Deployment/api', 'app.kubernetes.io/name', 'transcode'],
  ['Deployment/worker-cpu', 'app.kubernetes.io/name', 'transcode'],
];
const IMAGES: Readonly<Record<string, RegExp>> = {
  api: /(^|\/)transcode\/api:v\d+\.\d+\.\d+/,
  console: /(^|\/)transcode\/console:v\d+\.\d+\.\d+/,
  worker: /(^|\/)transcode\/worker:v\d+\.\d+\.\d+/,
  migrate: /(^|\/)transcode\/tools:v\d+\.\d+\.\d+/,
};

/** What differs from the names, numbers and labels that people's runbooks have. */
export function tableComplaints(objects: readonly Manifest[]): string[] {
  const complaints: string[] = [];
  const attempt = (what: () => readonly (readonly [boolean, string])[]): void => {
    try {
      complaints.push(...what().flatMap(([is, complaint]) => (is ? [] : [complaint])));
    } catch (error) {
      complaints.push(String(error));
    }
  };
  for (const { kind, name, replicas, resources } of DEPLOYED) {
    attempt(() => {
      const { spec } = only(objects, kind, name);
      const [container] = spec.template.spec.containers as Container[];
      return [
        [spec.replicas === replicas, `${name} has ${spec.replicas} replicas`],
        [container?.name === name || name.startsWith('worker'), `${name} has the container ${container?.name}`],
        ...(['requests', 'limits'] as const).flatMap((side) =>
          Object.entries(resources?.[side] ?? {}).map(
            ([amount, value]) =>
              [container?.resources?.[side]?.[amount] === value, `${name}: ${side} of ${amount}`] as const,
          ),
        ),
      ];
    });
  }
  const pods = podsOf(objects);
  for (const [owner, label, value] of LABELS) {
    attempt(() => [
      [
        pods.find((pod) => pod.owner === owner)?.labels[label] === value,
        `${owner} has not the label ${label}=${value}`,
      ],
    ]);
  }
  for (const pod of pods) {
    for (const { name, image } of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]) {
      attempt(() => [[IMAGES[name]?.test(image) ?? true, `${pod.owner} is of ${image}`]]);
    }
  }
  attempt(() => {
    const ports = (name: string): number[] =>
      (only(objects, 'Service', name).spec.ports as { port: number }[]).map(({ port }) => port);
    return [
      [ports('api-service').join() === '80,9090', 'api-service has other ports'],
      [ports('prometheus').join() === '9090', 'prometheus has other ports'],
      [
        only(objects, 'Secret', 'grafana-admin').stringData?.['password'] !== undefined,
        'grafana-admin has no password',
      ],
      [only(objects, 'NetworkPolicy', 'postgres-network-policy').kind !== '', ''],
    ];
  });
  return complaints;
}
