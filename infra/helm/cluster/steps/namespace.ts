import { apply, kubectl, NAMESPACE } from './cluster.ts';

/** The namespace of the release, which enforces the restricted Pod Security Standard and warns of what it would refuse. */
export async function makeNamespace(): Promise<void> {
  const modes = ['enforce', 'warn', 'audit'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']);
  await apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE, labels: Object.fromEntries(modes) },
  });
}

/** With all that is in it, also claims and Secrets. */
export const endNamespace = (): Promise<string> => kubectl('delete', 'namespace', NAMESPACE, '--timeout=300s');
