import { METRICS, type LabelValues, type MetricShape } from '@transcode/contracts';
import { readRules } from '../prometheus/src/read-rules.ts';
import { FOREIGN_METRICS, TARGET_LABELS } from './foreign-metrics.ts';
import { lets, readExpression, type Selector } from './promql.ts';

type Labels = Readonly<Record<string, LabelValues>>;

/** The names under which Prometheus has the contract's metrics, each with its labels. */
const OURS = new Map(Object.values(METRICS).flatMap(seriesOf));

function seriesOf({ name, kind, labels }: MetricShape): [name: string, labels: Labels][] {
  if (kind !== 'histogram') return [[name, labels]];
  return [
    [`${name}_bucket`, { ...labels, le: { boundedBy: 'its buckets' } }],
    [`${name}_count`, labels],
    [`${name}_sum`, labels],
  ];
}

const { recordings } = readRules();

/** Labels of a series; undefined where there is no such series. */
export function labelsOf(metric: string): Labels | undefined {
  const ours = OURS.get(metric);
  if (ours !== undefined) return ours;
  const foreign = FOREIGN_METRICS[metric]?.labels;
  if (foreign !== undefined) return any(foreign);
  const rules = recordings.filter(({ record }) => record === metric);
  return rules.length === 0 ? undefined : Object.assign({}, ...rules.map(labelsOfRecording));
}

/** What stands before the first colon names the labels that are left, with the values that they have in what the rule reads. */
function labelsOfRecording({ record, expr, labels }: (typeof recordings)[number]): Labels {
  const read = readExpression(expr).selectors.flatMap((selector) => Object.entries(labelsOf(selector.metric) ?? {}));
  const [level = ''] = record.split(':');
  return {
    ...any([...level.split('_'), ...Object.keys(labels ?? {})]),
    ...Object.fromEntries(read.filter(([label]) => level.split('_').includes(label))),
  };
}

const any = (labels: readonly string[]): Labels =>
  Object.fromEntries(labels.map((label) => [label, { boundedBy: 'who exports it' }]));

/** What a query asks for that is never there: metrics, labels, values of labels. */
export function queryComplaints(query: string): string[] {
  const { selectors, grouped } = readExpression(query);
  const known = new Set<string>(TARGET_LABELS);
  for (const { metric } of selectors) for (const label of Object.keys(labelsOf(metric) ?? {})) known.add(label);
  return [
    ...selectors.flatMap(complaintsAbout),
    ...grouped.filter((label) => !known.has(label)).map((label) => `nothing in it has the label ${label}: ${query}`),
  ];
}

function complaintsAbout({ metric, matchers }: Selector): string[] {
  const labels = labelsOf(metric);
  if (labels === undefined) return [`there is no ${metric}`];
  return matchers.flatMap((matcher) => {
    if (TARGET_LABELS.some((label) => label === matcher.label)) return [];
    const values = labels[matcher.label];
    if (values === undefined) return [`${metric} has no label ${matcher.label}`];
    if (!Array.isArray(values)) return [];
    const alternatives = matcher.operator.endsWith('~') ? matcher.value.split('|') : [matcher.value];
    return alternatives
      .filter((one) => !values.some((value: string) => lets({ ...matcher, operator: '=~', value: one }, value)))
      .map((one) => `${metric} never has ${matcher.label}="${one}"`);
  });
}
