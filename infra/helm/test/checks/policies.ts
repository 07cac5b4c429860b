import { podsOf, selects, type Labels, type Manifest } from '../helm/manifest.ts';

interface Peer {
  readonly podSelector?: { readonly matchLabels?: Labels };
  readonly namespaceSelector?: object;
  readonly ipBlock?: { readonly cidr: string };
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly protocol: string; readonly port: number }[];
}
interface Policy {
  readonly podSelector: { readonly matchLabels?: Labels };
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/** Name of a pod's part, as the labels say it. */
const partOf = (labels: Labels): string => labels['component'] ?? '';

/**
 * Which connections between pods of the release come about, as `api → postgres:5432`: the one end may begin it, and the other takes it. A pod
 * that no policy chooses may do everything.
 */
export function connections(objects: readonly Manifest[]): string[] {
  const pods = podsOf(objects);
  const policies = policiesOf(objects);
  const chosen = (labels: Labels, type: string) =>
    policies.filter(
      ({ podSelector, policyTypes }) => policyTypes.includes(type) && selects(podSelector.matchLabels ?? {}, labels),
    );
  const found = pods.flatMap((from) =>
    pods.flatMap((to) => {
      const out = chosen(from.labels, 'Egress');
      const into = chosen(to.labels, 'Ingress');
      const ports = to.spec.containers.flatMap((container) => container.ports ?? []).map((port) => port.containerPort);
      return ports
        .filter(
          (port) =>
            (out.length === 0 || out.some(({ egress = [] }) => egress.some((rule) => admits(rule, to.labels, port)))) &&
            (into.length === 0 ||
              into.some(({ ingress = [] }) => ingress.some((rule) => admits(rule, from.labels, port)))),
        )
        .map((port) => `${partOf(from.labels)} → ${partOf(to.labels)}:${port}`);
    }),
  );
  return [...new Set(found)].toSorted();
}

/** Where pods of a part may go outside the release, and who comes in from there. */
export function outside(objects: readonly Manifest[]): string[] {
  const found = policiesOf(objects).flatMap(({ podSelector, ingress = [], egress = [] }) => {
    const part = partOf(podSelector.matchLabels ?? {});
    const say = (rule: Rule, peers: readonly Peer[] | undefined, arrow: string): string[] =>
      (peers ?? [{}])
        .filter((peer) => peer.podSelector === undefined || peer.namespaceSelector !== undefined)
        .flatMap((peer) =>
          (rule.ports ?? [{ protocol: 'any', port: 0 }]).map(
            ({ port }) => `${part} ${arrow} ${JSON.stringify(peer.namespaceSelector ?? peer.ipBlock ?? 'all')}:${port}`,
          ),
        );
    return [
      ...egress.flatMap((rule) => say(rule, rule.to, '→')),
      ...ingress.flatMap((rule) => say(rule, rule.from, '←')),
    ];
  });
  return [...new Set(found)].toSorted();
}

function admits({ from, to, ports }: Rule, labels: Labels, port: number): boolean {
  const peers = from ?? to;
  const isPeer =
    peers === undefined ||
    // Pods of the namespace; other namespaces and networks are not ours.
    peers.some(({ podSelector, namespaceSelector }) =>
      podSelector === undefined
        ? namespaceSelector !== undefined && Object.keys(namespaceSelector).length === 0
        : selects(podSelector.matchLabels ?? {}, labels),
    );
  return isPeer && (ports === undefined || ports.some((one) => one.port === port));
}

const isForAnybody = ({ from, to, ports }: Rule): boolean =>
  ports === undefined ||
  (from ?? to ?? []).length === 0 ||
  (from ?? to ?? []).some(({ podSelector }) => podSelector !== undefined && podSelector.matchLabels === undefined);

const policiesOf = (objects: readonly Manifest[]): Policy[] =>
  objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec as Policy);

/** What there is, by the programs: apps/api, apps/worker, apps/console and infra/monitoring. Written by hand, beside the chart's own list. */
export const EXPECTED = [
  'api → alertmanager:9093',
  'api → console:3000',
  'api → otel-collector:4318',
  'api → postgres:5432',
  'api → prometheus:9090',
  'api → redis:6379',
  'api → seaweedfs:8333',
  'console → api:8080',
  'console → otel-collector:4318',
  'drill → seaweedfs:8333',
  'grafana → alertmanager:9093',
  'grafana → jaeger:16686',
  'grafana → prometheus:9090',
  'otel-collector → jaeger:4317',
  'postgres-backup → postgres:5432',
  'postgres-backup → seaweedfs:8333',
  'prometheus → alertmanager:9093',
  'prometheus → api:9090',
  'prometheus → worker-cpu:9091',
  'redis-backup → redis:6379',
  'redis-backup → seaweedfs:8333',
  'restore → postgres:5432',
  'restore → seaweedfs:8333',
  'test → api:8080',
  'tools → postgres:5432',
  'tools → redis:6379',
  'worker-cpu → otel-collector:4318',
  'worker-cpu → postgres:5432',
  'worker-cpu → redis:6379',
  'worker-cpu → seaweedfs:8333',
];

/** What is missing of it, and what there is besides; a rule that lets anybody is one end of what the other end refuses today. */
export function policyComplaints(objects: readonly Manifest[]): string[] {
  const there = connections(objects);
  const open = policiesOf(objects).filter(({ ingress = [], egress = [] }) =>
    [...ingress, ...egress].some(isForAnybody),
  );
  return [
    ...open.map(({ podSelector }) => `the policy of ${partOf(podSelector.matchLabels ?? {})} is open`),
    ...EXPECTED.filter((one) => !there.includes(one)).map((one) => `${one} is refused`),
    ...there.filter((one) => !EXPECTED.includes(one)).map((one) => `${one} is open`),
  ];
}
