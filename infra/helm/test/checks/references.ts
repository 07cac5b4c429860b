import {
  everyContainer,
  podsOf,
  selects,
  type Labels,
  type Manifest,
  type Pod,
  type Volume,
} from '../helm/manifest.ts';

/** What names something that is not there: a Secret or its key, a ConfigMap, a port, an account, a volume, a Service, pods. */
export function referenceComplaints(objects: readonly Manifest[], existingSecrets: readonly string[] = []): string[] {
  const pods = podsOf(objects);
  const there = new Map(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
  return [
    ...pods.flatMap((pod) => ofPod(pod, there, existingSecrets)),
    ...objects.flatMap((object) => ofObject(object, pods, there)),
    ...twins(objects),
  ];
}

/** Is in every namespace: what the API of Kubernetes is known by. */
const OF_KUBERNETES = 'kube-root-ca.crt';

type There = ReadonlyMap<string, Manifest>;

function ofPod(pod: Pod, there: There, existingSecrets: readonly string[]): string[] {
  const complaints: string[] = [];
  const complain = (is: boolean, complaint: string): void => void (is && complaints.push(`${pod.owner} ${complaint}`));
  const secret = (name: string, key?: string): void => {
    if (existingSecrets.includes(name)) return;
    const { stringData } = there.get(`Secret/${name}`) ?? {};
    complain(stringData === undefined, `names the Secret ${name}, which is not there`);
    complain(stringData !== undefined && key !== undefined && !(key in stringData), `names ${key} of ${name}`);
  };
  const configMap = ({ name, items = [] }: NonNullable<Volume['configMap']>): void => {
    if (name === OF_KUBERNETES) return;
    const { data } = there.get(`ConfigMap/${name}`) ?? {};
    complain(data === undefined, `names the ConfigMap ${name}, which is not there`);
    for (const { key } of items) complain(data?.[key] === undefined, `names ${key} of ${name}`);
  };
  complain(!there.has(`ServiceAccount/${pod.spec.serviceAccountName}`), 'has no account');
  const volumes = pod.spec.volumes ?? [];
  for (const volume of volumes) {
    if (volume.configMap) configMap(volume.configMap);
    if (volume.secret) secret(volume.secret.secretName);
    for (const source of volume.projected?.sources ?? []) if (source.configMap) configMap(source.configMap);
  }
  const names = new Set([...volumes.map(({ name }) => name), ...pod.claims]);
  for (const container of everyContainer(pod)) {
    for (const { configMapRef } of container.envFrom ?? []) configMap(configMapRef);
    for (const { valueFrom } of container.env ?? []) {
      if (valueFrom?.secretKeyRef) secret(valueFrom.secretKeyRef.name, valueFrom.secretKeyRef.key);
    }
    for (const { name } of container.volumeMounts ?? []) complain(!names.has(name), `mounts ${name}`);
    const variables = (container.env ?? []).map(({ name }) => name);
    complain(new Set(variables).size < variables.length, `sets a variable of ${container.name} twice`);
  }
  return complaints;
}

function ofObject({ kind, metadata, spec }: Manifest, pods: readonly Pod[], there: There): string[] {
  const name = `${kind}/${metadata.name}`;
  if (kind === 'Service') {
    const chosen = pods.filter(({ labels }) => selects(spec.selector, labels));
    if (chosen.length !== 1) return [`${name} chooses ${chosen.length} kinds of pods`];
    const ports = new Set(chosen[0]?.spec.containers.flatMap((one) => one.ports ?? []).map((port) => port.name));
    return (spec.ports as { targetPort: string }[])
      .filter(({ targetPort }) => !ports.has(targetPort))
      .map(({ targetPort }) => `${name} leads to ${targetPort}, which no container listens at`);
  }
  if (kind === 'PodDisruptionBudget' || kind === 'Deployment' || kind === 'StatefulSet') {
    const { matchLabels } = spec.selector as { matchLabels: Labels };
    const chosen = pods.filter(({ labels }) => selects(matchLabels, labels));
    return chosen.length === 1 ? [] : [`${name} chooses ${chosen.length} kinds of pods`];
  }
  if (kind === 'Ingress') {
    const backends = (spec.rules as IngressRule[]).flatMap((rule) => rule.http.paths.map((path) => path.backend));
    return backends.flatMap(({ service }) => lackOf(name, service.name, service.port.number, there));
  }
  if (kind === 'HTTPRoute') {
    const backends = (spec.rules as { backendRefs?: { name: string; port: number }[] }[]).flatMap(
      (rule) => rule.backendRefs ?? [],
    );
    return backends.flatMap((backend) => lackOf(name, backend.name, backend.port, there));
  }
  return [];
}

interface IngressRule {
  readonly http: { readonly paths: { readonly backend: { service: { name: string; port: { number: number } } } }[] };
}

function lackOf(from: string, service: string, port: number, there: There): string[] {
  const ports = (there.get(`Service/${service}`)?.spec.ports ?? []) as { port: number }[];
  return ports.some((one) => one.port === port) ? [] : [`${from} leads to ${service}:${port}, which is not there`];
}

/** Two objects of one name would be one. */
function twins(objects: readonly Manifest[]): string[] {
  const seen = new Set<string>();
  return objects.flatMap(({ kind, metadata }) => {
    const name = `${kind}/${metadata.name}`;
    if (seen.has(name)) return [`${name} is there twice`];
    seen.add(name);
    return [];
  });
}
