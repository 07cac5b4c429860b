import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, describe, test } from 'vitest';
import { parse } from 'yaml';
import { connections, outside } from './checks/policies.ts';
import { expectedSpec, scalingComplaints, TABLE } from './checks/scaling.ts';
import { HELM_3, HELM_4 } from './helm/helms.ts';
import { only, type Manifest } from './helm/manifest.ts';
import { INSTALL, render } from './helm/render.ts';

const withValues = (...values: string[]) =>
  render([...INSTALL, ...values.flatMap((value) => ['--set', value])], { helm: HELM_4 });
const GPU = 'workers.gpu.enabled=true';
const scalersOf = (objects: readonly Manifest[]): string[] =>
  objects
    .filter(({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject')
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`);

describe('the table of the specification', () => {
  test('holds for all three with a backlog that is told, and GPUs', async () => {
    const objects = await withValues('autoscaling.backlog=adapter', 'autoscaling.cpuBesideBacklog=true', GPU);
    expect(scalingComplaints(objects, { backlog: true, cpu: true })).toEqual([]);
    expect(scalersOf(objects)).toEqual(Object.keys(TABLE).map((part) => `HorizontalPodAutoscaler/${part}`));
  });

  test('no figure of it can be another without a complaint', async () => {
    const objects = await withValues('autoscaling.backlog=adapter', 'autoscaling.cpuBesideBacklog=true', GPU);
    let figures = 0;
    for (const { kind, metadata, spec } of objects) {
      if (kind !== 'HorizontalPodAutoscaler') continue;
      for (const undo of changes(spec as Record<string, unknown>)) {
        figures += 1;
        const complaints = scalingComplaints(objects, { backlog: true, cpu: true });
        undo();
        expect(complaints, `${metadata.name}: ${figures}`).toContain(
          `${metadata.name} is not scaled as the table says`,
        );
      }
    }
    expect(figures).toBeGreaterThan(60);
    expect(scalingComplaints(objects, { backlog: true, cpu: true })).toEqual([]);
  });

  test('without anybody who tells the backlog nothing asks for it, and workers scale by processors and memory', async () => {
    const objects = await withValues(GPU);
    expect(scalingComplaints(objects)).toEqual([]);
    expect(JSON.stringify(objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler'))).not.toContain('External');
  });

  test('where the backlog is told, processors of workers are left out: they are full by design', async () => {
    const objects = await withValues('autoscaling.backlog=adapter', GPU);
    expect(scalingComplaints(objects, { backlog: true, cpu: false })).toEqual([]);
  });
});

test('an autoscaler of somebody else meets neither a number nor one of ours', async () => {
  const objects = await withValues('api.autoscaling.enabled=false', 'api.replicas=external');
  expect(only(objects, 'Deployment', 'api').spec).not.toHaveProperty('replicas');
  expect(scalersOf(objects)).toEqual(['HorizontalPodAutoscaler/worker-cpu']);
});

describe('KEDA', () => {
  test('scales workers, and nothing else scales them', async () => {
    const objects = await withValues('autoscaling.backlog=keda', GPU);
    expect(scalersOf(objects).toSorted()).toEqual([
      'HorizontalPodAutoscaler/api',
      'ScaledObject/worker-cpu',
      'ScaledObject/worker-gpu',
    ]);
    expect(scalingComplaints(objects).filter((complaint) => !complaint.includes('as the table says'))).toEqual([]);
  });

  test.for(['worker-cpu', 'worker-gpu'])(
    'gets the figures of the table for %s, and what to do without an answer',
    async (part) => {
      const objects = await withValues('autoscaling.backlog=keda', 'autoscaling.cpuBesideBacklog=true', GPU);
      const { spec } = only(objects, 'ScaledObject', part);
      const { minReplicas, maxReplicas, behavior, cpu, memory, tasks, of } = TABLE[part] as (typeof TABLE)[string];
      const matchers = Object.entries(of ?? {}).map(([label, value]) => `${label}="${value}"`);
      expect(spec).toEqual({
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: part },
        ...{ pollingInterval: 15, minReplicaCount: minReplicas, maxReplicaCount: maxReplicas },
        fallback: { failureThreshold: 3, replicas: minReplicas, behavior: 'currentReplicasIfHigher' },
        advanced: { horizontalPodAutoscalerConfig: { behavior } },
        triggers: [
          { type: 'cpu', metricType: 'Utilization', metadata: { value: String(cpu) } },
          ...(memory === undefined
            ? []
            : [{ type: 'memory', metricType: 'Utilization', metadata: { value: String(memory) } }]),
          {
            ...{ type: 'prometheus', metricType: 'AverageValue' },
            metadata: {
              serverAddress: 'http://prometheus.transcode.svc:9090',
              query: `sum(class_priority:transcode_class_demand_tasks:max{${matchers.join(',')}})`,
              ...{ threshold: String(tasks), ignoreNullValues: 'false' },
            },
          },
        ],
      });
    },
  );
});

test('both ask for the same: what promtool says of it is in the rules’ own tests', async () => {
  const monitoring = resolve(import.meta.dirname, '../../monitoring/prometheus');
  const { externalRules } = parse(readFileSync(resolve(monitoring, 'adapter.yml'), 'utf8')) as {
    externalRules: Rule[];
  };
  expect(externalRules).toHaveLength(1);
  const [rule] = externalRules as [Rule];
  const external = rule.seriesQuery.replace(new RegExp(rule.name.matches), rule.name.as.replace('${1}', '$1'));
  const objects = await withValues('autoscaling.backlog=keda', GPU);
  const tried = readFileSync(resolve(monitoring, 'tests/queue.yml'), 'utf8');
  for (const part of ['worker-cpu', 'worker-gpu']) {
    const { metrics } = expectedSpec(part, { backlog: true, cpu: false }) as { metrics: Metric[] };
    const metric = metrics.at(-1)?.external?.metric;
    expect(metric?.name).toBe(external);
    // As the adapter fills it in.
    const matchers = Object.entries(metric?.selector.matchLabels ?? {}).map(([label, value]) => `${label}="${value}"`);
    const asked = rule.metricsQuery
      .replace('<<.Series>>', rule.seriesQuery)
      .replace('<<.LabelMatchers>>', matchers.join(','));
    const { triggers } = only(objects, 'ScaledObject', part).spec as { triggers: { metadata: { query?: string } }[] };
    expect(triggers.at(-1)?.metadata.query).toBe(asked);
    expect(tried).toContain(`expr: ${asked}\n`);
  }
});

/** Who may come to Prometheus from other namespaces. */
const toPrometheus = (objects: readonly Manifest[]): object[] =>
  (only(objects, 'NetworkPolicy', 'prometheus-network-policy').spec.ingress as { from: object[] }[])
    .flatMap(({ from }) => from)
    .filter((peer) => 'namespaceSelector' in peer);
const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

test('who asks Prometheus for the backlog may, from where its own chart puts it or from where it was said to be', async () => {
  const [none, adapter, keda, elsewhere] = await Promise.all([
    withValues(),
    withValues('autoscaling.backlog=adapter'),
    withValues('autoscaling.backlog=keda'),
    withValues(
      'autoscaling.backlog=keda',
      String.raw`networkPolicy.backlogPeers[0].namespaceSelector.matchLabels.kubernetes\.io/metadata\.name=scalers`,
    ),
  ]);
  expect(toPrometheus(none)).toEqual([]);
  expect(toPrometheus(adapter)).toEqual([
    {
      namespaceSelector: named('monitoring'),
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus-adapter' } },
    },
  ]);
  expect(toPrometheus(keda)).toEqual([
    { namespaceSelector: named('keda'), podSelector: { matchLabels: { app: 'keda-operator' } } },
  ]);
  expect(toPrometheus(elsewhere)).toEqual([{ namespaceSelector: named('scalers') }]);
  expect(outside(keda).filter((line) => line.startsWith('prometheus ←'))).toHaveLength(1);
  expect(connections(keda)).toEqual(connections(none));
});

describe('a number that is held', () => {
  test('stands in the Deployment, and nothing scales it', async () => {
    const objects = await withValues('workers.cpu.autoscaling.enabled=false', 'workers.cpu.replicas=7');
    expect(only(objects, 'Deployment', 'worker-cpu').spec.replicas).toBe(7);
    expect(scalersOf(objects)).toEqual(['HorizontalPodAutoscaler/api']);
    expect(only(objects, 'Deployment', 'console').spec.replicas).toBe(2);
  });

  test.for([HELM_3, HELM_4])('is none where it is an autoscaler’s, by Helm $major', async (helm) => {
    const objects = await render([...INSTALL, '--set', GPU], { helm });
    for (const part of Object.keys(TABLE))
      expect(only(objects, 'Deployment', part).spec).not.toHaveProperty('replicas');
  });
});

interface Metric {
  readonly external?: {
    readonly metric: { readonly name: string; readonly selector: { readonly matchLabels: Record<string, string> } };
  };
}
interface Rule {
  readonly seriesQuery: string;
  readonly metricsQuery: string;
  readonly name: { readonly matches: string; readonly as: string };
}

/** Changes what is in an object one by one, each undone by what is given. */
function* changes(object: Record<string, unknown>): Generator<() => void> {
  for (const [key, value] of Object.entries(object)) {
    if (typeof value === 'object' && value !== null) {
      yield* changes(value as Record<string, unknown>);
      continue;
    }
    object[key] = typeof value === 'number' ? value + 1 : `${String(value)}1`;
    yield () => {
      object[key] = value;
    };
  }
}
