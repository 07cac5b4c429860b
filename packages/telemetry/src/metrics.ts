import { METRICS } from '@transcode/contracts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

type MetricName = keyof typeof METRICS;
type NameOfKind<K> = { [N in MetricName]: (typeof METRICS)[N]['kind'] extends K ? N : never }[MetricName];
type Labels<N extends MetricName> = Readonly<Record<(typeof METRICS)[N]['labels'][number], string>>;

/** The metrics of one process; names and labels are those of `METRICS`. */
export interface Metrics {
  count<N extends NameOfKind<'counter'>>(name: N, labels: Labels<N>, by?: number): void;
  set<N extends NameOfKind<'gauge'>>(name: N, labels: Labels<N>, value: number): void;
  observe<N extends NameOfKind<'histogram'>>(name: N, labels: Labels<N>, value: number): void;
  /** Called before each scrape, to set gauges that are looked up. */
  beforeScrape(refresh: () => Promise<void>): void;
  scrape(): Promise<{ contentType: string; body: string }>;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const known = new Map<MetricName, Counter | Gauge | Histogram>();
  for (const name of Object.keys(METRICS) as MetricName[]) known.set(name, create(registry, name));
  const refreshes: (() => Promise<void>)[] = [];
  return {
    count: (name, labels, by = 1) => find(known, name, Counter).inc({ ...labels }, by),
    set: (name, labels, value) => find(known, name, Gauge).set({ ...labels }, value),
    observe: (name, labels, value) => find(known, name, Histogram).observe({ ...labels }, value),
    beforeScrape: (refresh) => {
      refreshes.push(refresh);
    },
    scrape: async () => {
      for (const refresh of refreshes) await refresh();
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

function create(registry: Registry, metric: MetricName): Counter | Gauge | Histogram {
  const { name, kind, help, labels } = METRICS[metric];
  const common = { name, help, labelNames: [...labels], registers: [registry] };
  if (kind === 'counter') return new Counter(common);
  if (kind === 'gauge') return new Gauge(common);
  return new Histogram({ ...common, buckets: SECONDS });
}

function find<T>(known: ReadonlyMap<MetricName, unknown>, name: MetricName, kind: new (...args: never[]) => T): T {
  const metric = known.get(name);
  if (!(metric instanceof kind)) throw new TypeError(`${name} is no ${kind.name}`);
  return metric;
}
