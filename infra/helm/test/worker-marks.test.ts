import { beforeAll, describe, expect, test } from 'vitest';
import { connections, outside } from './checks/policies.ts';
import { podSecurityComplaints } from './checks/pod-security.ts';
import { referenceComplaints } from './checks/references.ts';
import { environmentOf, settingComplaints } from './checks/settings.ts';
import { everyContainer, only, podsOf, type Manifest } from './helm/manifest.ts';
import { INSTALL, render } from './helm/render.ts';

const MARKS = [
  'autoscaling.markBusyWorkers=true',
  'workers.gpu.enabled=true',
  'networkPolicy.kubernetesApi.peers[0].ipBlock.cidr=10.1.2.3/32',
].flatMap((value) => ['--set', value]);

const tokens = (objects: readonly Manifest[]): string[] =>
  podsOf(objects).flatMap(({ owner, spec }) =>
    (spec.volumes ?? [])
      .filter(({ projected }) => projected?.sources.some(({ serviceAccountToken }) => serviceAccountToken))
      .map(() => owner),
  );

describe('workers that mark their pods', () => {
  let objects: Manifest[] = [];
  beforeAll(async () => {
    objects = await render([...INSTALL, ...MARKS]);
  });

  test('keep all that pods have to keep', () => {
    expect([...podSecurityComplaints(objects), ...referenceComplaints(objects), ...settingComplaints(objects)]).toEqual(
      [],
    );
  });

  test('have a token, which the worker’s container alone sees, and know which pod they are', () => {
    const workers = podsOf(objects).filter(({ owner }) => owner.startsWith('Deployment/worker-'));
    expect(tokens(objects)).toEqual(['Deployment/worker-cpu', 'Deployment/worker-gpu']);
    for (const pod of workers) {
      expect(pod.spec.automountServiceAccountToken).toBe(false);
      const holders = everyContainer(pod).filter(({ volumeMounts = [] }) =>
        volumeMounts.some(({ mountPath }) => mountPath === '/var/run/secrets/kubernetes.io/serviceaccount'),
      );
      expect(holders.map(({ name }) => name)).toEqual(['worker']);
      for (const container of holders)
        expect(environmentOf(container, objects)['KUBERNETES_POD']?.value).toBe('transcode/the-name-of-the-pod');
    }
  });

  test('may patch pods of their namespace, and nothing else; nobody else may', () => {
    const { rules } = only(objects, 'Role', 'worker-marks') as Manifest & { readonly rules: object[] };
    expect(rules).toEqual([{ apiGroups: [''], resources: ['pods'], verbs: ['patch'] }]);
    const { subjects } = only(objects, 'RoleBinding', 'worker-marks') as Manifest & { readonly subjects: Subject[] };
    expect(subjects.map(({ name }) => name)).toEqual(['worker-cpu', 'worker-gpu']);
  });

  test('reach the API of Kubernetes, where it was said to be, and nothing else that they did not reach before', async () => {
    const before = await render([...INSTALL, '--set', 'workers.gpu.enabled=true']);
    expect(connections(objects)).toEqual(connections(before));
    expect(
      outside(objects).filter((line) => line.startsWith('worker-cpu →') && !outside(before).includes(line)),
    ).toEqual([443, 6443].map((port) => `worker-cpu → {"cidr":"10.1.2.3/32"}:${port}`));
  });
});

test('unless it is asked for, no worker has a token, a right or a way there', async () => {
  const objects = await render(INSTALL);
  expect(tokens(objects)).toEqual([]);
  expect(objects.filter(({ kind }) => kind === 'Role').map(({ metadata }) => metadata.name)).toEqual(['prometheus']);
  expect(JSON.stringify(objects)).not.toContain('KUBERNETES_POD');
});

interface Subject {
  readonly name: string;
}
