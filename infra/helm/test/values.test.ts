import { UPLOAD_MAX_BYTES, SCRATCH } from '@transcode/contracts';
import { alertmanagerYaml } from '@transcode/monitoring';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { only, podsOf } from './helm/manifest.ts';
import { INSTALL, render } from './helm/render.ts';

const withValues = (...values: string[]) => render([...INSTALL, ...values.flatMap((value) => ['--set', value])]);

test('Alertmanager gets what its generator would write for the same channels', async () => {
  const channels = 'monitoring.alertmanager.channels';
  const objects = await withValues(
    `${channels}.existingSecret=alerts`,
    `${channels}.slack.enabled=true`,
    `${channels}.slack.channel=#video`,
    `${channels}.pagerDuty.enabled=true`,
    `${channels}.email.enabled=true`,
    `${channels}.email.to=ops@example.com`,
    `${channels}.email.from=video@example.com`,
    `${channels}.email.smarthost=mail.example.com:587`,
    `${channels}.webhook.enabled=true`,
    `${channels}.webhook.url=https://example.com/hook`,
  );
  const folder = '/etc/alertmanager-secrets';
  const generated = alertmanagerYaml({
    slack: { urlFile: `${folder}/slack-url`, channel: '#video' },
    pagerDuty: { keyFile: `${folder}/pagerduty-key` },
    email: { to: 'ops@example.com', from: 'video@example.com', smarthost: 'mail.example.com:587', tls: true },
    webhook: { url: 'https://example.com/hook' },
  });
  const config = only(objects, 'Secret', 'alertmanager-config').stringData?.['alertmanager.yml'] ?? '';
  expect(parse(config)).toEqual(parse(generated));
});

test('Prometheus asks for the pods of its release alone, and its links lead to where people are', async () => {
  const objects = await withValues('monitoring.runbooksUrl=https://wiki.example.com');
  const config = parse(only(objects, 'ConfigMap', 'prometheus-config').data?.['prometheus.yml'] ?? '') as {
    global: { external_labels: object };
    scrape_configs: { job_name: string; relabel_configs: object[] }[];
  };
  expect(config.global.external_labels).toEqual({
    runbooks: 'https://wiki.example.com',
    grafana: 'https://grafana.example.com',
  });
  expect(config.scrape_configs[0]?.relabel_configs[0]).toEqual({
    action: 'keep',
    source_labels: ['__meta_kubernetes_pod_label_app_kubernetes_io_instance'],
    regex: 'transcode',
  });
});

test('an upload may be as large as the API takes it', async () => {
  const { metadata } = only(await render(INSTALL), 'Ingress', 'api');
  const size = metadata.annotations?.['nginx.ingress.kubernetes.io/proxy-body-size'];
  expect(size).toBe(`${UPLOAD_MAX_BYTES / 1024 ** 3}g`);
});

test('scratch has room for what tasks may put there, and ffmpeg fits into the worker’s memory', async () => {
  const worker = podsOf(await render(INSTALL)).find(({ owner }) => owner.endsWith('/worker-cpu'))?.spec;
  const scratch = worker?.volumes?.find(({ name }) => name === 'scratch')?.emptyDir?.sizeLimit ?? '';
  // One encode and two small tasks at a time.
  expect(Number.parseInt(scratch, 10) * 1024 ** 3).toBeGreaterThanOrEqual(3 * SCRATCH.taskBytes);
  expect(worker?.containers[0]?.resources?.limits?.['memory']).toBe('8Gi');
});

test.for([
  ['ingress-nginx', 'nginx.ingress.kubernetes.io/proxy-request-buffering', 'off'],
  ['nginx', 'nginx.org/client-max-body-size', '1024g'],
  ['traefik', 'traefik.ingress.kubernetes.io/router.entrypoints', 'websecure'],
  ['haproxy', 'haproxy.org/ssl-redirect', 'true'],
] as const)('annotations are those of %s, without snippets', async ([controller, name, value]) => {
  const { metadata } = only(await withValues(`ingress.controller=${controller}`), 'Ingress', 'api');
  const annotations = metadata.annotations ?? {};
  expect(annotations[name]).toBe(value);
  expect(Object.keys(annotations).filter((one) => one.includes('snippet'))).toEqual([]);
});

test('what is optional is there when it is asked for', async () => {
  const objects = await withValues('verticalPodAutoscaler.enabled=true', 'priorityClasses.create=true');
  const recommenders = objects.filter(({ kind }) => kind === 'VerticalPodAutoscaler');
  expect(recommenders).toHaveLength(11);
  for (const { spec } of recommenders) {
    expect(spec.updatePolicy.updateMode).toBe('Off');
    only(objects, spec.targetRef.kind, spec.targetRef.name);
  }
  const classes = objects.filter(({ kind }) => kind === 'PriorityClass').map(({ metadata }) => metadata.name);
  const named = only(objects, 'StatefulSet', 'postgres').spec.template.spec.priorityClassName;
  expect(classes).toContain(named);
});
