/** What the tests read of Kubernetes' objects. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  // As it is for each kind.
  readonly spec?: any; // oxlint-disable-line typescript/no-explicit-any
  readonly data?: Labels;
  readonly stringData?: Labels;
}

export type Labels = Readonly<Record<string, string>>;

export interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly exec?: { readonly command: readonly string[] };
  readonly failureThreshold?: number;
  readonly periodSeconds?: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly env?: readonly EnvVariable[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly privileged?: boolean;
    readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
    readonly runAsUser?: number;
  };
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly resources?: { readonly requests?: Amounts; readonly limits?: Amounts };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}
type Amounts = Readonly<Record<string, string | number>>;

export interface EnvVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
}

export interface PodSpec {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks?: boolean;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly terminationGracePeriodSeconds?: number;
  readonly hostNetwork?: boolean;
  readonly restartPolicy?: string;
  readonly securityContext?: {
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly seccompProfile?: { readonly type: string };
  };
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly topologySpreadConstraints?: readonly { readonly whenUnsatisfiable: string }[];
}

export interface Volume {
  readonly name: string;
  readonly emptyDir?: { readonly sizeLimit?: string };
  readonly ephemeral?: object;
  readonly configMap?: { readonly name: string; readonly items?: readonly { readonly key: string }[] };
  readonly secret?: { readonly secretName: string };
  readonly projected?: {
    readonly sources: readonly {
      readonly configMap?: Volume['configMap'];
      readonly serviceAccountToken?: { readonly path: string; readonly expirationSeconds: number };
    }[];
  };
}

/** A pod as an object makes it: who makes it, its labels, what is in it. */
export interface Pod {
  readonly owner: string;
  readonly kind: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
  readonly claims: readonly string[];
}

export function podsOf(objects: readonly Manifest[]): Pod[] {
  return objects.flatMap(({ kind, metadata, spec }): Pod[] => {
    const owner = `${kind}/${metadata.name}`;
    if (kind === 'CronJob') {
      const { template } = spec.jobTemplate.spec;
      return [{ owner, kind, labels: template.metadata.labels, spec: template.spec, claims: [] }];
    }
    if (kind === 'Pod') return [{ owner, kind, labels: metadata.labels ?? {}, spec, claims: [] }];
    if (kind !== 'Deployment' && kind !== 'StatefulSet') return [];
    const claims = (spec.volumeClaimTemplates ?? []) as readonly Manifest[];
    return [
      {
        ...{ owner, kind, labels: spec.template.metadata.labels, spec: spec.template.spec },
        claims: claims.map((claim) => claim.metadata.name),
      },
    ];
  });
}

export const everyContainer = ({ spec }: Pod): readonly Container[] => [
  ...(spec.initContainers ?? []),
  ...spec.containers,
];

export const selects = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector).every(([name, value]) => labels[name] === value);

export const only = (objects: readonly Manifest[], kind: string, name: string): Manifest => {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  if (found.length !== 1) throw new Error(`There are ${found.length} of ${kind}/${name}.`);
  return found[0] as Manifest;
};
