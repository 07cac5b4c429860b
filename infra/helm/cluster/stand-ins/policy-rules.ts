export type Labels = Readonly<Record<string, string>>;

export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

export interface Pod {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels?: Labels };
  readonly spec: {
    readonly nodeName: string;
    readonly hostNetwork?: boolean;
    readonly containers: readonly {
      readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
    }[];
  };
  readonly status: { readonly podIP?: string; readonly phase: string };
}

export interface Namespace {
  readonly metadata: { readonly name: string; readonly labels?: Labels };
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly {
    readonly protocol?: string;
    readonly port?: number | string;
    readonly endPort?: number;
  }[];
}

export interface Policy {
  readonly metadata: { readonly namespace: string };
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}

interface Cluster {
  readonly pods: readonly Pod[];
  readonly namespaces: readonly Namespace[];
  readonly policies: readonly Policy[];
}

/** One way through a pod: whose address is its own, and whose the other's. */
const WAYS = [
  { type: 'Ingress', own: 'daddr', other: 'saddr' },
  { type: 'Egress', own: 'saddr', other: 'daddr' },
] as const;
type Way = (typeof WAYS)[number];

/**
 * The table of nftables that enforces policies on a node's pods. A connection has to pass both ways, so each is a chain of its own: what the
 * first lets through the second still judges. Answers belong to what was let through.
 */
export function rulesOf(node: string, cluster: Cluster): string {
  const own = cluster.pods.filter(({ spec }) => spec.nodeName === node);
  const chosen = WAYS.flatMap((way) =>
    own.flatMap((pod, index) => {
      const policies = cluster.policies.filter(
        ({ metadata, spec }) =>
          metadata.namespace === pod.metadata.namespace &&
          spec.policyTypes.includes(way.type) &&
          selects(spec.podSelector, pod.metadata.labels),
      );
      if (policies.length === 0) return [];
      const rules = policies.flatMap(({ spec }) => (way.type === 'Ingress' ? spec.ingress : spec.egress) ?? []);
      const lines = rules.flatMap((rule) => accepts(way, pod, rule, cluster)).map((line) => `    ${line} accept`);
      return [{ way, pod, name: `${way.type}-${index}`, lines: [...new Set(lines)] }];
    }),
  );
  const base = (way: Way, hook: string, priority: number): string =>
    [
      `  chain ${way.type}-${hook} {`,
      `    type filter hook ${hook} priority ${priority}; policy accept;`,
      '    ct state established,related accept',
      ...chosen
        .filter((one) => one.way === way)
        .map(({ pod, name }) => `    ip ${way.own} ${pod.status.podIP} jump ${name}`),
      '  }',
    ].join('\n');
  const [ingress, egress] = WAYS;
  return [
    'table inet policies',
    'delete table inet policies',
    'table inet policies {',
    ...chosen.map(({ name, lines }) => [`  chain ${name} {`, ...lines, '    drop', '  }'].join('\n')),
    base(egress, 'forward', 10),
    base(ingress, 'forward', 11),
    // To the node itself, on which the API and the names are.
    base(egress, 'input', 10),
    '}',
    '',
  ].join('\n');
}

/** What a rule lets through, as matches of nftables: each peer with each port. */
function accepts(way: Way, pod: Pod, rule: Rule, cluster: Cluster): string[] {
  const peers = way.type === 'Ingress' ? rule.from : rule.to;
  return (peers ?? [undefined]).flatMap((peer) => {
    const { match, pods } = peerOf(way, pod, peer, cluster);
    if (match === undefined) return [];
    const listeners = way.type === 'Ingress' ? [pod] : pods;
    return portsOf(rule, listeners).map((port) => `${match}${port}`);
  });
}

function peerOf(
  way: Way,
  pod: Pod,
  peer: Peer | undefined,
  { pods, namespaces }: Cluster,
): { match: string | undefined; pods: readonly Pod[] } {
  if (peer === undefined) return { match: '', pods };
  if (peer.ipBlock !== undefined) {
    const { cidr, except = [] } = peer.ipBlock;
    const version = cidr.includes(':') ? 'ip6' : 'ip';
    const without = except.length === 0 ? '' : `${version} ${way.other} != { ${except.join(', ')} } `;
    return { match: `${version} ${way.other} ${cidr} ${without}`, pods: [] };
  }
  const { podSelector = {}, namespaceSelector } = peer;
  const labels = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels]));
  const meant = pods.filter(
    ({ metadata }) =>
      (namespaceSelector === undefined
        ? metadata.namespace === pod.metadata.namespace
        : selects(namespaceSelector, labels.get(metadata.namespace))) && selects(podSelector, metadata.labels),
  );
  const addresses = meant.flatMap(({ status }) => status.podIP ?? []).toSorted();
  return {
    match: addresses.length === 0 ? undefined : `ip ${way.other} { ${addresses.join(', ')} } `,
    pods: meant,
  };
}

/** A port that has a name is what the listening pods call so. */
function portsOf({ ports }: Rule, listeners: readonly Pod[]): string[] {
  if (ports === undefined || ports.length === 0) return [''];
  return ports.flatMap(({ protocol = 'TCP', port, endPort }) => {
    const kind = protocol.toLowerCase();
    if (port === undefined) return [`meta l4proto ${kind}`];
    if (typeof port === 'number') return [`${kind} dport ${port}${endPort === undefined ? '' : `-${endPort}`}`];
    const found = listeners.flatMap(({ spec }) =>
      spec.containers.flatMap(({ ports: own = [] }) =>
        own.filter(({ name }) => name === port).map(({ containerPort }) => containerPort),
      ),
    );
    return [...new Set(found)].map((number) => `${kind} dport ${number}`);
  });
}

export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels = {}): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      const isOne = value !== undefined && values.includes(value);
      return { In: isOne, NotIn: !isOne, Exists: value !== undefined, DoesNotExist: value === undefined }[operator];
    })
  );
}
