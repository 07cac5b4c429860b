import { METRICS, type MetricShape } from '@transcode/contracts';
import { describe, expect, test } from 'vitest';
import { readRules } from '../prometheus/src/read-rules.ts';
import { FOREIGN_METRICS } from '../src/foreign-metrics.ts';
import { KEPT_RECORDINGS } from '../src/kept-recordings.ts';
import { readExpression } from '../src/promql.ts';
import { queryComplaints } from '../src/query-complaints.ts';

const { recordings, alerts } = readRules();
const rules = [
  ...recordings.map((rule) => ({ ...rule, name: rule.record })),
  ...alerts.map((rule) => ({ ...rule, name: rule.alert })),
];
const read = new Set(rules.flatMap(({ expr }) => readExpression(expr).selectors.map(({ metric }) => metric)));

describe('metrics in rules', () => {
  test('each is of the contract, recorded by a rule or listed, with its labels and their values', () => {
    expect(read.size).toBeGreaterThan(40);
    expect(rules.flatMap(({ name, expr }) => queryComplaints(expr).map((one) => `${name}: ${one}`))).toEqual([]);
  });

  test('each that is not ours is read, and an alert on it says whose it is', () => {
    expect(Object.keys(FOREIGN_METRICS).filter((metric) => !read.has(metric))).toEqual([]);
    const edge = alerts.filter(({ file }) => file === 'edge');
    expect(edge.map(({ labels }) => labels['needs'])).toEqual(edge.map(() => 'blackbox_exporter'));
  });
});

describe('recording rules', () => {
  const names = [...new Set(recordings.map(({ record }) => record))];

  test('are named level:metric:operations', () => {
    expect(names.filter((name) => !/^[a-z_]+:[a-z_]+:[a-z0-9_]+$/.test(name))).toEqual([]);
  });

  test('say in their level which labels are left', () => {
    const complaints = recordings.flatMap(({ record, expr }) => {
      const left = /^\s*[a-z]+ by \(([^)]*)\)/.exec(expr)?.[1]?.replaceAll(/\s/g, '').replaceAll(',', '_');
      return left === undefined || left === record.split(':')[0] ? [] : [`${record}: ${left}`];
    });
    expect(complaints).toEqual([]);
  });

  test('each is read by another rule or listed with its reason, and not both', () => {
    const idle = names.filter((name) => !read.has(name));
    expect(idle.toSorted()).toEqual(Object.keys(KEPT_RECORDINGS).toSorted());
  });
});

describe('what every replica of the API exports alike', () => {
  const shapes: readonly MetricShape[] = Object.values(METRICS);
  const alike = new Set<string>(shapes.filter(({ shared }) => shared === true).map(({ name }) => name));

  test('is never summed over the replicas', () => {
    expect(alike.size).toBeGreaterThan(10);
    const summed = rules.flatMap(({ name, expr }) =>
      [...expr.matchAll(/\b(?:sum|count|avg)\s*(?:by \([^)]*\)\s*)?\(\s*(?:(?:increase|rate)\()?(transcode_\w+)/g)]
        .filter(([, metric = '']) => alike.has(metric))
        .map(([text]) => `${name}: ${text}`),
    );
    expect(summed).toEqual([]);
  });
});
