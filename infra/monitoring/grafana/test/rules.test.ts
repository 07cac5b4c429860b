import { METRICS, type MetricName } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { readRules } from '../../prometheus/src/read-rules.ts';
import { ALERTS } from '../src/alerts.ts';
import { LASTING } from '../src/system-overview/requests.ts';
import { dashboardFiles, expressions, graphsOf, type PanelFile } from './dashboard-files.ts';
import { metricOf } from './promql/metric-of.ts';
import { numbersOf } from './promql/numbers-of.ts';
import { parsed } from './promql/parsed.ts';
import { selectorsOf } from './promql/selectors.ts';

/** Metrics that neither a panel nor a rule looks at, and why. */
const LOOKED_AT_BY_NOBODY: Partial<Record<MetricName, string>> = {};

const { recordings, alerts } = readRules();
const recorded = new Set(recordings.map(({ record }) => record));
const asked = expressions.flatMap(({ expr }) => selectorsOf(parsed(expr)).map(({ name }) => name));

test('each recording rule that a panel asks for is there', () => {
  expect(asked.filter((name) => name.includes(':') && !recorded.has(name))).toEqual([]);
});

test('each metric of the contract is in a panel or a rule', () => {
  const inRules = [...recordings, ...alerts].flatMap(({ expr }) => selectorsOf(parsed(expr)).map(({ name }) => name));
  const seen = new Set([...asked, ...inRules].map((name) => metricOf(name)?.shape.name));
  const unseen = Object.entries(METRICS).filter(([, { name }]) => !seen.has(name));
  expect(unseen.map(([key]) => key).toSorted()).toEqual(Object.keys(LOOKED_AT_BY_NOBODY).toSorted());
});

test('the alerts that panels know are those of the rules, as loud', () => {
  expect(Object.fromEntries(alerts.map(({ alert, labels }) => [alert, labels['severity']]))).toEqual(ALERTS);
});

test('each alert leads from a panel to its runbook, but for those of the address in front', () => {
  const linked = new Set(dashboardFiles.flatMap(graphsOf).flatMap(alertsOf));
  expect(Object.keys(ALERTS).filter((alert) => !linked.has(alert))).toEqual([
    'CertificateExpiresSoon',
    'CertificateNearlyExpired',
  ]);
});

test('limits are drawn where alerts have theirs', () => {
  const slips = dashboardFiles.flatMap(graphsOf).flatMap((panel) => {
    const theirs = alerts.filter(({ alert }) => alertsOf(panel).includes(alert));
    const numbers = new Set(theirs.flatMap(({ expr }) => numbersOf(parsed(expr))).map(exact));
    const drawn = (panel.fieldConfig?.defaults.thresholds?.steps ?? []).flatMap(({ value }) => value ?? []);
    return drawn.filter((value) => !numbers.has(exact(value))).map((value) => `${value} in ${panel.title}`);
  });
  expect(slips).toEqual([]);
});

test('the latency on show leaves out what the alert leaves out', () => {
  const rule = recordings.find(
    ({ record }) => record === 'job_le:transcode_http_request_duration_seconds_bucket:rate5m',
  );
  expect(rule?.expr).toContain(`route!~"${LASTING}"`);
});

function alertsOf({ links = [] }: PanelFile): string[] {
  return links.flatMap(({ title }) => /^Runbook: (\w+)$/.exec(title)?.[1] ?? []);
}

/** 1 - 0.8 is not quite 0.2 to a machine. */
function exact(number: number): string {
  return number.toPrecision(9);
}
