import { beforeAll, describe, expect, test } from 'vitest';
import { everyComplaint } from './checks/all.ts';
import { outside } from './checks/policies.ts';
import { HELMS } from './helm/helms.ts';
import { only, podsOf, type Manifest } from './helm/manifest.ts';
import { INSTALL, render } from './helm/render.ts';

describe.for(HELMS)('the install line, by Helm $major', (helm) => {
  let objects: Manifest[] = [];
  beforeAll(async () => {
    objects = await render(INSTALL, { helm });
  });

  test('makes what the specification names, and nothing that cannot work', () => {
    expect(everyComplaint(objects)).toEqual([]);
  });

  test('makes every part, each a pod of its own', () => {
    expect(
      podsOf(objects)
        .map(({ owner }) => owner)
        .toSorted(),
    ).toEqual([
      'CronJob/drill',
      'CronJob/postgres-backup',
      'CronJob/redis-backup',
      'CronJob/restore',
      'CronJob/tools',
      'Deployment/api',
      'Deployment/console',
      'Deployment/otel-collector',
      'Deployment/worker-cpu',
      'Pod/test',
      'StatefulSet/alertmanager',
      'StatefulSet/grafana',
      'StatefulSet/jaeger',
      'StatefulSet/postgres',
      'StatefulSet/prometheus',
      'StatefulSet/redis',
      'StatefulSet/seaweedfs',
    ]);
  });

  test('needs no operator: every kind is of Kubernetes itself', () => {
    const own = /^(v1|(apps|batch|policy)\/v1|(networking|rbac\.authorization)\.k8s\.io\/v1|autoscaling\/v2)$/;
    expect(objects.filter(({ apiVersion }) => !own.test(apiVersion))).toEqual([]);
    expect(objects.filter(({ kind }) => kind.startsWith('Cluster'))).toEqual([]);
  });

  test('is reached over HTTPS at its host, Grafana and Jaeger beside it', () => {
    const hosts = objects
      .filter(({ kind }) => kind === 'Ingress')
      .map(({ spec }) => [spec.ingressClassName, spec.rules[0].host, spec.tls[0].hosts[0]]);
    expect(hosts).toEqual([
      ['nginx', 'api.example.com', 'api.example.com'],
      ['nginx', 'grafana.example.com', 'grafana.example.com'],
      ['nginx', 'jaeger.example.com', 'jaeger.example.com'],
    ]);
    expect(only(objects, 'ConfigMap', 'api-config').data).toMatchObject({
      PUBLIC_URL: 'https://api.example.com',
      GRAFANA_URL: 'https://grafana.example.com',
      TRACE_URL: 'https://jaeger.example.com/trace/{trace_id}',
      STORAGE_URL: 's3://transcode',
    });
  });

  test('Jaeger is not reached but by its door, which asks for a password', () => {
    const { spec } = only(objects, 'Ingress', 'jaeger');
    expect(spec.rules[0].http.paths[0].backend.service).toEqual({ name: 'jaeger', port: { number: 8080 } });
    const config = only(objects, 'ConfigMap', 'jaeger-config').data?.['nginx.conf'];
    expect(config).toContain('auth_basic_user_file /run/door/users;');
  });

  test('outside the release goes who has to, and from there comes who may', () => {
    const system = '{"matchLabels":{"kubernetes.io/metadata.name":"kube-system"}}';
    const node = '{"cidr":"169.254.20.10/32"}';
    const begins = [
      ...['api', 'console', 'drill', 'grafana', 'otel-collector', 'postgres-backup', 'prometheus', 'redis-backup'],
      ...['restore', 'test', 'tools', 'worker-cpu'],
    ];
    const gate = '{"matchLabels":{"kubernetes.io/metadata.name":"ingress-nginx"}}';
    expect(outside(objects)).toEqual(
      [
        ...begins.flatMap((part) => [`${part} → ${system}:53`, `${part} → ${node}:53`]),
        ...[443, 6443].map((port) => `prometheus → {"cidr":"0.0.0.0/0"}:${port}`),
        ...['api ← GATE:8080', 'grafana ← GATE:3000', 'jaeger ← GATE:8080'].map((line) => line.replace('GATE', gate)),
      ].toSorted(),
    );
  });
});
