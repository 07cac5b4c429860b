import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { forever, type KubernetesApi } from './kubernetes-api.ts';

interface Claim {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly storageClassName?: string;
    readonly volumeName?: string;
    readonly accessModes: readonly string[];
    readonly resources: { readonly requests: object };
  };
  readonly status: { readonly phase: string };
}

/** Gives each claim of the class `local` a folder of the node that the scheduler chose, as a provisioner of local volumes does. */
export function provisionVolumes(api: KubernetesApi, folder: string): Promise<never> {
  return forever(async () => {
    for (const claim of await api.list<Claim>('/api/v1/persistentvolumeclaims')) {
      const node = claim.metadata.annotations?.['volume.kubernetes.io/selected-node'];
      const { storageClassName, volumeName } = claim.spec;
      if (claim.status.phase !== 'Pending' || storageClassName !== 'local' || volumeName || node === undefined)
        continue;
      const path = join(folder, `${claim.metadata.namespace}-${claim.metadata.name}-${claim.metadata.uid}`);
      await mkdir(path, { recursive: true });
      await api.create('/api/v1/persistentvolumes', volumeOf(claim, node, path));
    }
  });
}

function volumeOf({ metadata: { name, namespace, uid }, spec }: Claim, node: string, path: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `local-${uid}` },
    spec: {
      capacity: spec.resources.requests,
      accessModes: spec.accessModes,
      storageClassName: 'local',
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace, name, uid },
      local: { path },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
    },
  };
}
