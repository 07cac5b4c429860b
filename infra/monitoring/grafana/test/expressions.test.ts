import { expect, test } from 'vitest';
import { queryComplaints } from '../../src/query-complaints.ts';
import { expressions } from './dashboard-files.ts';
import { isCounted, metricOf } from './promql/metric-of.ts';
import { nodesOf, parsed, textOf } from './promql/parsed.ts';
import { selectorsOf, type Selector } from './promql/selectors.ts';

/** What is not ours: of Prometheus itself, and of every Node.js process by prom-client. */
const OTHERS = new Set([
  'ALERTS',
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
  'nodejs_eventloop_lag_p99_seconds',
]);
const AGGREGATIONS = new Set(['sum', 'avg', 'count', 'max', 'min']);

const ASKED = expressions.map(({ place, expr }) => {
  const expression = parsed(expr);
  return { place, expression, selectors: selectorsOf(expression) };
});
const SELECTORS = ASKED.flatMap(({ place, selectors }) => selectors.map((selector) => ({ place, ...selector })));

test('panels ask for metrics of the contract or what rules make of them, by labels and values that they have', () => {
  const complaints = ASKED.filter(({ selectors }) => selectors.every(({ name }) => !OTHERS.has(name))).flatMap(
    ({ place, expression }) => queryComplaints(expression.text).map((complaint) => `${place}: ${complaint}`),
  );
  expect(complaints).toEqual([]);
  expect(ASKED.filter(({ selectors }) => selectors.length === 0)).toEqual([]);
});

test('of the processes that were chosen, but for what all tell the same and whether an API is there at all', () => {
  expect(where((each) => isOfAll(each) === isChosen(each))).toEqual([]);
});

test('rates are of counters, and counters are never read without', () => {
  expect(where(({ name, isRange, around: [nearest = ''] }) => isRange && !mayHold(name).includes(nearest))).toEqual([]);
  expect(where(({ name, isRange }) => isCounted(name) && !isRange)).toEqual([]);
});

test('quantiles are of buckets that are added up by le', () => {
  const calls = ASKED.flatMap(({ expression }) =>
    nodesOf(expression.root, 'HistogramQuantile').map(({ node }) => textOf(expression, node.parent?.parent ?? node)),
  );
  expect(calls.length).toBeGreaterThan(10);
  expect(calls.filter((call) => !/^histogram_quantile\([\d.]+, sum by \(le\b/.test(call))).toEqual([]);
  expect(where(({ name, around }) => metricOf(name)?.part === 'bucket' && !around.includes('sum'))).toEqual([]);
});

test('what every replica of the API tells the same is never added up', () => {
  expect(
    where((each) => metricOf(each.name)?.shape.shared === true && !['max', 'min'].includes(nearestOf(each))),
  ).toEqual([]);
});

/** Selectors of which something holds, with their places. */
function where(holds: (selector: Selector) => boolean): string[] {
  return SELECTORS.filter(holds).map(({ name, place }) => `${name} in ${place}`);
}

/** What is of no process: rules, alerts, what Postgres and the like tell, and whether any API is there. */
function isOfAll({ name, matchers }: Selector): boolean {
  const isNoMetric = name.includes(':') || name === 'ALERTS';
  const isAnyApi = name === 'transcode_build_info' && matchers.some(({ label }) => label === 'component');
  return isNoMetric || isAnyApi || metricOf(name)?.shape.shared === true;
}

function isChosen({ matchers }: Selector): boolean {
  return ['job', 'instance'].every((chosen) =>
    matchers.some(({ label, operator, value }) => label === chosen && operator === '=~' && value === '.+'),
  );
}

/** What may be done with a range of a metric. */
function mayHold(name: string): string[] {
  return isCounted(name) ? ['rate', 'increase'] : ['predict_linear', 'last_over_time'];
}

function nearestOf({ around }: Selector): string {
  return around.find((each) => AGGREGATIONS.has(each)) ?? 'nothing';
}
