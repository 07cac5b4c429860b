import { expect, test } from 'vitest';
import { METRICS, type MetricShape } from '@transcode/contracts';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { ALERTS } from '../src/alerts.ts';
import { dashboardFiles, graphsOf } from './dashboard-files.ts';
import { labelsThatRemain } from './promql/labels-that-remain.ts';
import { parsed } from './promql/parsed.ts';

const SHAPES: readonly MetricShape[] = Object.values(METRICS);

const PANELS = dashboardFiles.flatMap((dashboard) =>
  graphsOf(dashboard).map((panel) => ({ ...panel, place: `${dashboard.uid} / ${panel.title}`, dashboard })),
);

test('each panel says what it shows, what is good and what to do', () => {
  const told = /^\S.+\n\n\*\*Good:\*\* .+\n\n\*\*Otherwise:\*\* .+\.(\n\n\*\*Runbooks:\*\* .+\.md)?$/s;
  expect(PANELS.filter(({ description = '' }) => !told.test(description)).map(({ place }) => place)).toEqual([]);
});

test('each unit is one of Grafana’s, or a word of ours behind the figure', () => {
  const known = new Set<unknown>(Object.values(units));
  const unknown = PANELS.map(({ fieldConfig }) => fieldConfig?.defaults.unit ?? '').filter(
    (unit) => !known.has(unit) && !/^suffix:.+/.test(unit),
  );
  expect(unknown).toEqual([]);
});

test('each panel has a unit, a word for its silence, and the source of data that was chosen', () => {
  const silent = PANELS.filter(({ fieldConfig, datasource }) => {
    const { unit = '', noValue = '' } = fieldConfig?.defaults ?? {};
    return unit === '' || noValue === '' || datasource?.uid !== '${datasource}';
  });
  expect(silent.map(({ place }) => place)).toEqual([]);
});

test('each panel asks something, and each of its questions has a name', () => {
  const slips = PANELS.filter(({ type, targets = [] }) => {
    const refs = new Set(targets.map(({ refId }) => refId));
    const names = new Set(targets.map(({ legendFormat }) => legendFormat));
    return refs.size === 0 || refs.size < targets.length || (type !== 'table' && names.size < targets.length);
  });
  expect(slips.map(({ place }) => place)).toEqual([]);
});

test('names in legends are of labels that the series have', () => {
  const slips = PANELS.flatMap(({ place, targets = [] }) =>
    targets.flatMap(({ expr, legendFormat }) => {
      const remain = new Set(labelsThatRemain(parsed(expr)));
      const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
      return named.filter((label) => !remain.has(label)).map((label) => `${label} in ${place}`);
    }),
  );
  expect(slips).toEqual([]);
});

test('series that have a colour or a line of their own can be there', () => {
  const slips = PANELS.flatMap(({ place, targets = [], fieldConfig }) => {
    const legends = targets.map(({ legendFormat }) => legendFormat);
    const values = legends.flatMap((legend) => valuesOf(/^\{\{(\w+)\}\}$/.exec(legend)?.[1] ?? ''));
    const can = new Set([...legends, ...values.map((value) => value.replaceAll('_', ' '))]);
    const painted = (fieldConfig?.overrides ?? []).filter(({ properties }) =>
      properties.some(({ id }) => id === 'color'),
    );
    return painted
      .filter(({ matcher }) => !can.has(matcher.options))
      .map(({ matcher }) => `${matcher.options} in ${place}`);
  });
  expect(slips).toEqual([]);
});

test('variables in panels are of their dashboard', () => {
  const slips = PANELS.flatMap(({ place, dashboard, targets, links, title, options, fieldConfig, repeat = '' }) => {
    const has = new Set([...dashboard.templating.list.map(({ name }) => name)]);
    const said = JSON.stringify([targets, links, title, options, fieldConfig, repeat === '' ? '' : `$${repeat}`]);
    const named = [...said.matchAll(/\$\{?([a-zA-Z]\w*)/g)].map(([, name = '']) => name);
    return named.filter((name) => !has.has(name)).map((name) => `${name} in ${place}`);
  });
  expect(slips).toEqual([]);
});

test('links to runbooks are of alerts that there are', () => {
  const links = PANELS.flatMap((panel) => panel.links ?? []).filter(({ title }) => title.startsWith('Runbook'));
  const right = new Set(Object.keys(ALERTS).map((alert) => `Runbook: ${alert} \${runbooks:raw}/${alert}.md`));
  expect(links.filter(({ title, url }) => !right.has(`${title} ${url}`))).toEqual([]);
});

/** What a label may say, of all metrics that have one of its name. */
function valuesOf(label: string): string[] {
  return SHAPES.flatMap(({ labels }): readonly string[] => {
    const values = labels[label] ?? [];
    return 'boundedBy' in values ? [] : values;
  });
}
