import { METRICS, type MetricShape } from '@transcode/contracts';

interface Named {
  readonly shape: MetricShape;
  /** Of a histogram: what of it. */
  readonly part: 'bucket' | 'sum' | 'count' | undefined;
}

const SHAPES: readonly MetricShape[] = Object.values(METRICS);

/** The metric of the contract that series of a name belong to. A histogram has none of just its own name, and the others no suffix. */
export function metricOf(name: string): Named | undefined {
  for (const shape of SHAPES) {
    if (shape.kind !== 'histogram' && name === shape.name) return { shape, part: undefined };
    if (shape.kind !== 'histogram') continue;
    for (const part of ['bucket', 'sum', 'count'] as const)
      if (name === `${shape.name}_${part}`) return { shape, part };
  }
  return undefined;
}

/** Whether series only ever grow, so that a rate of them says something. */
export function isCounted(name: string): boolean {
  if (name === 'process_cpu_seconds_total') return true;
  const metric = metricOf(name);
  return metric !== undefined && (metric.shape.kind === 'counter' || metric.shape.kind === 'histogram');
}
