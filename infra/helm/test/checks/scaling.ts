import { isDeepStrictEqual } from 'node:util';
import { podsOf, type Manifest } from '../helm/manifest.ts';

interface Direction {
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: 'Max' | 'Min';
  readonly policies: readonly { readonly type: string; readonly value: number; readonly periodSeconds: number }[];
}

interface Scaled {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Percent of what is requested. */
  readonly cpu: number;
  readonly memory?: number;
  /** Tasks a pod, and which tasks. */
  readonly tasks?: number;
  readonly of?: Readonly<Record<string, string>>;
  readonly behavior: { readonly scaleUp: Direction; readonly scaleDown: Direction };
}

const pods = (value: number, periodSeconds: number) => ({ type: 'Pods', value, periodSeconds });
const percent = (value: number, periodSeconds: number) => ({ type: 'Percent', value, periodSeconds });
const larger = (stabilizationWindowSeconds: number, ...policies: Direction['policies']): Direction => ({
  ...{ stabilizationWindowSeconds, selectPolicy: 'Max', policies },
});
const smaller = (stabilizationWindowSeconds: number, ...policies: Direction['policies']): Direction => ({
  ...{ stabilizationWindowSeconds, selectPolicy: 'Min', policies },
});

/** What the specification fixes, figure by figure. */
export const TABLE: Readonly<Record<string, Scaled>> = {
  api: {
    ...{ minReplicas: 3, maxReplicas: 10, cpu: 70, memory: 80 },
    behavior: {
      scaleUp: larger(0, percent(100, 30), pods(4, 30)),
      scaleDown: smaller(300, percent(50, 60), pods(2, 60)),
    },
  },
  'worker-cpu': {
    ...{ minReplicas: 2, maxReplicas: 20, cpu: 75, memory: 85, tasks: 10, of: { class: 'cpu' } },
    behavior: { scaleUp: larger(0, percent(100, 60), pods(5, 60)), scaleDown: larger(600, pods(1, 120)) },
  },
  'worker-gpu': {
    ...{ minReplicas: 1, maxReplicas: 5, cpu: 80, tasks: 5, of: { class: 'gpu', priority: 'high' } },
    behavior: { scaleUp: larger(60, pods(1, 120)), scaleDown: larger(900, pods(1, 300)) },
  },
};

export interface Told {
  /** Whether somebody tells what waits: then it counts for workers. */
  readonly backlog: boolean;
  /** Whether processors count for workers. */
  readonly cpu: boolean;
}

const resource = (name: string, averageUtilization: number | undefined) =>
  averageUtilization === undefined
    ? []
    : [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }];

/** The autoscaler of a part, as the table has it. */
export function expectedSpec(part: string, { backlog, cpu }: Told): object {
  const { minReplicas, maxReplicas, behavior, ...counts } = TABLE[part] as Scaled;
  const metric = { name: 'transcode_class_demand_tasks', selector: { matchLabels: counts.of } };
  const target = { type: 'AverageValue', averageValue: String(counts.tasks) };
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: part },
    ...{ minReplicas, maxReplicas, behavior },
    metrics: [
      ...(cpu || part === 'api' ? resource('cpu', counts.cpu) : []),
      ...resource('memory', counts.memory),
      ...(backlog && counts.tasks !== undefined ? [{ type: 'External', external: { metric, target } }] : []),
    ],
  };
}

/** What differs from the table, and every Deployment that two would scale: its own number and an autoscaler, or two autoscalers. */
export function scalingComplaints(objects: readonly Manifest[], told: Told = { backlog: false, cpu: true }): string[] {
  const scalers = objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject');
  const targets = scalers.map(({ spec }) => `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`);
  const there = new Set(podsOf(objects).map(({ owner }) => owner));
  return [
    ...targets.filter((target) => !there.has(target)).map((target) => `${target} is scaled, and is not there`),
    ...targets.filter((target, at) => targets.indexOf(target) !== at).map((target) => `${target} is scaled twice`),
    ...objects
      .filter(({ kind, metadata, spec }) => targets.includes(`${kind}/${metadata.name}`) && 'replicas' in spec)
      .map(({ kind, metadata }) => `${kind}/${metadata.name} is scaled, and says a number`),
    ...Object.keys(TABLE)
      .filter((part) => there.has(`Deployment/${part}`))
      .flatMap((part) => {
        const found = objects.filter(
          ({ kind, metadata }) => kind === 'HorizontalPodAutoscaler' && metadata.name === part,
        );
        return found.length === 1 && isDeepStrictEqual(found[0]?.spec, expectedSpec(part, told))
          ? []
          : [`${part} is not scaled as the table says`];
      }),
  ];
}
