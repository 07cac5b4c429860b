import { beforeAll, describe, expect, test } from 'vitest';
import { only, podsOf, type Manifest } from './helm/manifest.ts';
import { INSTALL, render } from './helm/render.ts';

/** Where the values of each kind of pod are. */
const PODS: readonly (readonly [owner: string, path: string])[] = [
  ['Deployment/api', 'api'],
  ['Deployment/console', 'console'],
  ['Deployment/worker-cpu', 'workers.cpu'],
  ['Deployment/worker-gpu', 'workers.gpu'],
  ['StatefulSet/postgres', 'postgres'],
  ['StatefulSet/redis', 'redis'],
  ['StatefulSet/seaweedfs', 'seaweedfs'],
  ['StatefulSet/prometheus', 'monitoring.prometheus'],
  ['StatefulSet/alertmanager', 'monitoring.alertmanager'],
  ['StatefulSet/grafana', 'monitoring.grafana'],
  ['StatefulSet/jaeger', 'monitoring.jaeger'],
  ['Deployment/otel-collector', 'monitoring.collector'],
];
const OURS = PODS.filter(([, path]) => /^(api|console|workers)/.test(path));
const KEEPING = PODS.filter(([owner]) => owner.startsWith('StatefulSet/'));

const json = (path: string, value: unknown): string[] => ['--set-json', `${path}=${JSON.stringify(value)}`];

describe('what is said of pods is on them', () => {
  let objects: Manifest[] = [];
  beforeAll(async () => {
    objects = await render([
      ...[...INSTALL, '--set', 'workers.gpu.enabled=true', ...json('global.imagePullSecrets', ['one', 'two'])],
      ...[...json('commonLabels', { team: 'video' }), ...json('commonAnnotations', { owner: 'us' })],
      ...[...PODS.map(([, path]) => path), 'tools'].flatMap((path) => [
        ...json(`${path}.podLabels`, { own: path }),
        ...json(`${path}.podAnnotations`, { about: path }),
        ...json(`${path}.nodeSelector`, { pool: path }),
        ...json(`${path}.tolerations`, [{ key: path, operator: 'Exists' }]),
        ...json(`${path}.affinity`, { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } }),
        ...json(`${path}.priorityClassName`, `class-of-${path}`),
      ]),
      ...OURS.flatMap(([, path]) => json(`${path}.extraEnv`, [{ name: 'MORE', value: path }])),
      ...KEEPING.flatMap(([, path]) =>
        json(`${path}.persistence`, { size: '7Gi', storageClass: `of-${path}`, annotations: { kept: path } }),
      ),
    ]);
  });

  // Their values are one: both run the tools image, for a person, and where all nodes are tainted neither would come.
  test('Job/tools and helm test', () => {
    const [path, job] = ['tools', only(objects, 'CronJob', 'tools').spec.jobTemplate.spec.template];
    for (const { metadata, spec } of [job, only(objects, 'Pod', 'test')]) {
      expect(metadata).toMatchObject({ labels: { own: path, team: 'video' }, annotations: { about: path } });
      expect(spec).toMatchObject({
        ...{ nodeSelector: { pool: path }, affinity: { podAntiAffinity: {} }, priorityClassName: `class-of-${path}` },
        tolerations: [{ key: path, operator: 'Exists' }],
      });
    }
    expect(only(objects, 'Pod', 'test').metadata.annotations).toMatchObject({ 'helm.sh/hook': 'test', owner: 'us' });
  });

  const specOf = (owner: string): Manifest['spec'] => {
    const [kind = '', name = ''] = owner.split('/');
    return only(objects, kind, name).spec;
  };

  test.for(PODS)('%s', ([owner, path]) => {
    const { metadata, spec } = specOf(owner).template;
    expect(metadata).toMatchObject({ labels: { own: path, team: 'video' }, annotations: { about: path } });
    expect(spec).toMatchObject({
      nodeSelector: { pool: path },
      affinity: { podAntiAffinity: {} },
      priorityClassName: `class-of-${path}`,
    });
    expect(spec.tolerations).toContainEqual({ key: path, operator: 'Exists' });
  });

  test.for(OURS)('more of the environment of %s', ([owner, path]) => {
    expect(specOf(owner).template.spec.containers[0].env).toContainEqual({ name: 'MORE', value: path });
  });

  // One that is restored from a snapshot under the name that the set looks for is taken for its own.
  test.for(KEEPING)('%s has one claim, of its own name, and of the class that is asked for', ([owner, path]) => {
    expect(specOf(owner).volumeClaimTemplates).toEqual([
      {
        metadata: { name: 'data', annotations: { kept: path } },
        spec: {
          ...{ accessModes: ['ReadWriteOnce'], storageClassName: `of-${path}` },
          resources: { requests: { storage: '7Gi' } },
        },
      },
    ]);
  });

  test('every pod opens the registry', () => {
    const without = podsOf(objects).filter(
      ({ spec }) => JSON.stringify(spec.imagePullSecrets) !== JSON.stringify([{ name: 'one' }, { name: 'two' }]),
    );
    expect(without.map(({ owner }) => owner)).toEqual([]);
  });

  test('every object has what is common', () => {
    const without = objects.filter(
      ({ metadata }) => metadata.labels?.['team'] !== 'video' || metadata.annotations?.['owner'] !== 'us',
    );
    expect(without.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([]);
  });
});

test('a quota, limits and objects of one’s own are there as they were said, and not unless they were', async () => {
  const hard = { pods: '50', 'requests.cpu': '60' };
  const limits = [{ type: 'Container', max: { cpu: '16' } }];
  const own = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own' }, data: { of: '{{ .Release.Name }}' } };
  const objects = await render([
    ...[...INSTALL, '--set', 'resourceQuota.enabled=true', '--set', 'limitRange.enabled=true'],
    ...[...json('resourceQuota.hard', hard), ...json('limitRange.limits', limits)],
    ...json('extraObjects', [own, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "{{ .Release.Name }}-text" }\n']),
  ]);
  expect(only(objects, 'ResourceQuota', 'quota').spec).toEqual({ hard });
  expect(only(objects, 'LimitRange', 'limits').spec).toEqual({ limits });
  expect(only(objects, 'ConfigMap', 'own').data).toEqual({ of: 'transcode' });
  only(objects, 'ConfigMap', 'transcode-text');
  const without = await render(INSTALL);
  expect(without.filter(({ kind }) => /Quota|LimitRange|PriorityClass|VerticalPod/.test(kind))).toEqual([]);
});
