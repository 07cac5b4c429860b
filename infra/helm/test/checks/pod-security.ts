import { everyContainer, podsOf, type Container, type Manifest, type Pod } from '../helm/manifest.ts';

const VOLUMES = new Set(['emptyDir', 'configMap', 'secret', 'projected', 'ephemeral', 'name']);

/** What of the restricted Pod Security Standard a pod does not keep, and what we ask beyond it. */
export function podSecurityComplaints(objects: readonly Manifest[]): string[] {
  return podsOf(objects).flatMap((pod) => [
    ...ofPod(pod),
    ...everyContainer(pod).flatMap((container) =>
      ofContainer(container).map((complaint) => `${pod.owner}, ${container.name}: ${complaint}`),
    ),
  ]);
}

function ofPod({ owner, spec }: Pod): string[] {
  const { securityContext = {} } = spec;
  const complaints: [boolean, string][] = [
    [securityContext.runAsNonRoot !== true, 'may run as root'],
    [!((securityContext.runAsUser ?? 0) > 0), 'has no user that is a number and not root'],
    [securityContext.seccompProfile?.type !== 'RuntimeDefault', 'has no seccomp profile'],
    [spec.hostNetwork === true, 'is in the network of its node'],
    [spec.enableServiceLinks !== false, 'is told of Services by variables'],
    [spec.automountServiceAccountToken !== /[/-]prometheus$/.test(owner), 'has a token that it does not need'],
    [
      (spec.volumes ?? []).some((volume) => Object.keys(volume).some((kind) => !VOLUMES.has(kind))),
      'has a volume of a kind that is refused',
    ],
    [
      (spec.volumes ?? []).some(({ emptyDir }) => emptyDir !== undefined && emptyDir.sizeLimit === undefined),
      'has an emptyDir without an end',
    ],
  ];
  return complaints.filter(([is]) => is).map(([, complaint]) => `${owner} ${complaint}`);
}

function ofContainer({ securityContext = {}, resources = {} }: Container): string[] {
  const amounts = ['cpu', 'memory', 'ephemeral-storage'];
  const complaints: [boolean, string][] = [
    [securityContext.allowPrivilegeEscalation !== false, 'may gain privileges'],
    [securityContext.privileged === true, 'is privileged'],
    [securityContext.readOnlyRootFilesystem !== true, 'may write to its root'],
    [securityContext.capabilities?.drop?.includes('ALL') !== true, 'keeps capabilities'],
    [(securityContext.capabilities?.add ?? []).length > 0, 'has more capabilities'],
    [securityContext.runAsUser === 0, 'runs as root'],
    [amounts.some((name) => resources.requests?.[name] === undefined), 'does not say what it needs'],
    [amounts.some((name) => resources.limits?.[name] === undefined), 'has no limits'],
  ];
  return complaints.filter(([is]) => is).map(([, complaint]) => complaint);
}
