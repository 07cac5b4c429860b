import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DASHBOARDS, HISTORY_FIGURES } from '@transcode/contracts';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { readRules } from '../prometheus/src/read-rules.ts';
import { queryComplaints } from '../src/query-complaints.ts';

const MONITORING = resolve(import.meta.dirname, '..');
const { alerts } = readRules();
const names = alerts.map(({ alert }) => alert);

describe('each alert', () => {
  test('has a name of its own', () => {
    expect(names).toEqual([...new Set(names)]);
  });

  test.for(alerts)('$alert says how grave, of what, what to do and where to look', (alert) => {
    const { labels, annotations } = alert;
    expect(labels).toMatchObject({
      severity: expect.stringMatching(/^(critical|warning)$/),
      component: expect.stringMatching(/^[a-z]+$/),
    });
    expect(annotations['summary']).toMatch(/^\S.{10,90}$/);
    expect(annotations['summary']).not.toMatch(/\.$/);
    expect(annotations['description']).toMatch(/\{\{ \$value|\{\{ \$labels\.instance/);
    expect(annotations['description']).toMatch(/\.$/);
    expect(annotations['runbook_url']).toBe(`{{ $externalLabels.runbooks }}/${alert.alert}.md`);
    const uid = /^\{\{ with \$externalLabels\.grafana \}\}\{\{ \. \}\}\/d\/([a-z-]+)\{\{ end \}\}$/.exec(
      annotations['dashboard'] ?? '',
    )?.[1];
    expect(Object.keys(DASHBOARDS)).toContain(uid);
  });

  test.for(alerts.filter(({ file }) => file === 'gpu'))(
    '$alert pages nobody, as no work of ours is on GPUs yet',
    (alert) => {
      expect(alert.labels).toMatchObject({ severity: 'warning', note: 'no GPU work yet' });
    },
  );
});

const Alertings = z.array(z.object({ eval_time: z.string(), alertname: z.string(), exp_alerts: z.array(z.unknown()) }));
const TestFile = z.object({ tests: z.array(z.object({ name: z.string(), alert_rule_test: Alertings.default([]) })) });

describe('the tests of each alert', () => {
  const groups = globSync('prometheus/tests/*.yml', { cwd: MONITORING }).flatMap(
    (file) => TestFile.parse(parse(readFileSync(join(MONITORING, file), 'utf8'))).tests,
  );
  const lookAt = (group: (typeof groups)[number], name: string): boolean[] =>
    group.alert_rule_test
      .filter(({ alertname }) => alertname === name)
      .toSorted((a, b) => seconds(a.eval_time) - seconds(b.eval_time))
      .map(({ exp_alerts }) => exp_alerts.length > 0);

  test.for(names)('%s: it fires and resolves', (name) => {
    const looks = groups
      .filter((group) => group.name === `${name} fires and resolves`)
      .map((group) => lookAt(group, name));
    expect(looks).toEqual([[true, false]]);
  });

  test.for(names)('%s: it does not fire just below', (name) => {
    const below = groups.filter((group) => group.name.startsWith(`${name} does not fire just below: `));
    expect(below.length).toBeGreaterThan(0);
    for (const group of below) expect(lookAt(group, name)).toEqual([false, false]);
  });

  test('name no alert that there is not', () => {
    const tested = groups.flatMap((group) => group.alert_rule_test.map(({ alertname }) => alertname));
    expect([...new Set(tested)].toSorted()).toEqual(names.toSorted());
  });
});

const UNITS: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60, s: 1 };
const seconds = (time: string): number =>
  [...time.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0),
    0,
  );

test('the dashboards that alerts and the console link to are those that are there', () => {
  const folder = join(MONITORING, 'grafana/dashboards');
  const Written = z.object({ uid: z.string(), title: z.string() });
  const titles = globSync('*.json', { cwd: folder }).map((file) => {
    const { uid, title } = Written.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    return [uid, title.replace('Transcode: ', '')];
  });
  expect(Object.fromEntries(titles)).toEqual(DASHBOARDS);
});

test('the console’s history is of recordings that there are', () => {
  const complaints = Object.entries(HISTORY_FIGURES).flatMap(([figure, query]) =>
    queryComplaints(query).map((complaint) => `${figure}: ${complaint}`),
  );
  expect(complaints).toEqual([]);
});
