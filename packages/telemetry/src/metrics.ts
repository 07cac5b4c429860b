import { METRICS, type Exporter, type MetricName, type MetricShape } from '@transcode/contracts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { hearMeasures, measure, type GaugeName, type Measured } from './measure.ts';
import { OPEN_METRICS, openMetrics, seriesKey, type Exemplar } from './open-metrics.ts';

/** Measures what nothing tells by itself, such as what Postgres has. */
export interface Look {
  readonly at: () => Promise<void> | void;
  /** The gauges that it sets. Where it fails, or is not back in time, they have no series: what was so once is not so for ever. */
  readonly tells: readonly GaugeName[];
}

/** The metrics of one process: what `measure` is told in it, with the names and labels of `METRICS`. */
export interface Metrics {
  /** Has something looked up before each scrape. */
  beforeScrape(look: Look): void;
  /** As the `Accept` of who asks wants it: in OpenMetrics, with exemplars, or in Prometheus' own text. */
  scrape(accept?: string): Promise<{ contentType: string; body: string }>;
  /** It hears no more. */
  close(): void;
}

/** A counter with no more series than this is there from the start, at 0: `rate` sees the first of what it counts, too. */
const MOST_FROM_THE_START = 64;
/** A scrape is given up after five seconds where it is asked for so often; whoever does not answer must not take the rest with it. */
const LOOK_MS = 3_000;

export function createMetrics(from: Exporter): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const exemplars = new Map<string, Exemplar>();
  const record = recorderOf(registry, { from, exemplars });
  const close = hearMeasures(record);
  const looks: Look[] = [];
  return {
    beforeScrape: (look) => {
      looks.push(look);
    },
    scrape: async (accept = '') => {
      await Promise.all(looks.map(lookAt));
      const text = await registry.metrics();
      if (!accept.includes('application/openmetrics-text')) return { contentType: registry.contentType, body: text };
      return { contentType: OPEN_METRICS, body: openMetrics(text, exemplars) };
    },
    close,
  };
}

async function lookAt({ at, tells }: Look): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('It is not back in time.')), LOOK_MS);
  const [found] = await Promise.allSettled([Promise.race([Promise.resolve().then(at), late])]);
  clearTimeout(timer);
  if (found.status === 'rejected') for (const name of tells) measure.forget(name);
}

interface Observed {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly traceId: string;
}

/** Of each bucket the last trace is kept. */
function remember(exemplars: Map<string, Exemplar>, metric: MetricName, { labels, value, traceId }: Observed): void {
  const { name, buckets = [] }: MetricShape = METRICS[metric];
  const le = buckets.find((bound) => value <= bound);
  const key = seriesKey(`${name}_bucket`, { ...labels, le: le === undefined ? '+Inf' : String(le) });
  exemplars.set(key, { traceId, value, at: Date.now() / 1000 });
}

/** Writes down what is exported from here, and ignores the rest. */
interface Recording {
  readonly from: Exporter;
  readonly exemplars: Map<string, Exemplar>;
}

function recorderOf(registry: Registry, { from, exemplars }: Recording): (measured: Measured) => void {
  const counters = new Map<MetricName, Counter>();
  const gauges = new Map<MetricName, Gauge>();
  const histograms = new Map<MetricName, Histogram>();
  for (const name of Object.keys(METRICS) as MetricName[]) {
    const shape: MetricShape = METRICS[name];
    if (!shape.from.includes(from)) continue;
    const common = { name: shape.name, help: shape.help, labelNames: Object.keys(shape.labels), registers: [registry] };
    if (shape.kind === 'counter') counters.set(name, begun(new Counter(common), shape));
    else if (shape.kind === 'gauge') gauges.set(name, withoutSeries(new Gauge(common)));
    else histograms.set(name, new Histogram({ ...common, buckets: [...(shape.buckets ?? [])] }));
  }
  return ({ act, name, labels, value, traceId }) => {
    if (act === 'count') counters.get(name)?.inc({ ...labels }, value);
    else if (act === 'observe') {
      histograms.get(name)?.observe({ ...labels }, value);
      if (traceId !== undefined) remember(exemplars, name, { labels, value, traceId });
    } else if (act === 'set') gauges.get(name)?.set({ ...labels }, value);
    else if (act === 'add') gauges.get(name)?.inc({ ...labels }, value);
    else withoutSeries(gauges.get(name));
  };
}

/** A gauge that says nothing: one without labels would say 0 by itself. */
function withoutSeries<Known extends Gauge | undefined>(gauge: Known): Known {
  gauge?.reset();
  gauge?.remove({});
  return gauge;
}

function begun(counter: Counter, { labels }: MetricShape): Counter {
  const sets = combinations(labels);
  if (sets.length <= MOST_FROM_THE_START) for (const set of sets) counter.inc(set, 0);
  return counter;
}

/** Every set of labels that there can be; none where they are not listed. */
function combinations(labels: MetricShape['labels']): Record<string, string>[] {
  return Object.entries(labels).reduce<Record<string, string>[]>(
    (sets, [label, values]) =>
      Array.isArray(values) ? sets.flatMap((set) => values.map((value: string) => ({ ...set, [label]: value }))) : [],
    [{}],
  );
}
