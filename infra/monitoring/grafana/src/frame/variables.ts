import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableHide,
  VariableRefresh,
  VariableSort,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { METRICS, type MetricName } from '@transcode/contracts';

export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' } as const;

/** Above every dashboard: where its figures come from, of which processes they are, and where its links lead. */
export function frameVariables(): cog.Builder<VariableModel>[] {
  return [
    new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    valuesOf('job', 'buildInfo', 'The scrape jobs of Prometheus that find Transcode').allValue('.+'),
    valuesOf(
      'instance',
      'buildInfo',
      'Processes: all, or the one that you suspect. What Postgres tells is of none of them',
      'job=~"$job"',
    ).allValue('.+'),
    address('console', 'Console', 'http://localhost:8080', 'Where the console is, for links to its pages'),
    address('jaeger', 'Jaeger', 'http://localhost:16686', 'Where Jaeger is, for links to traces'),
    address('runbooks', 'Runbooks', 'http://localhost:8080/docs/runbooks', 'Where docs/runbooks can be read'),
  ];
}

/** Values of a label to choose from, those that there were in the time on show. */
export function valuesOf(label: string, metric: MetricName, description: string, of = ''): QueryVariableBuilder {
  const name = METRICS[metric].name + (METRICS[metric].kind === 'histogram' ? '_count' : '');
  const query = `label_values(${name}${of === '' ? '' : `{${of}}`}, ${label})`;
  const variable = new QueryVariableBuilder(label)
    .label(titled(label))
    .description(description)
    .datasource(DATA_SOURCE)
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: ['All'], value: ['$__all'] });
  variable.sort(VariableSort.NaturalAsc);
  return variable;
}

function address(name: string, label: string, value: string, description: string): TextBoxVariableBuilder {
  return new TextBoxVariableBuilder(name)
    .label(label)
    .description(description)
    .hide(VariableHide.InControlsMenu)
    .defaultValue(value)
    .current({ selected: true, text: value, value })
    .options([{ selected: true, text: value, value }]);
}

function titled(word: string): string {
  return word === 'gpu' ? 'GPU' : word.charAt(0).toUpperCase() + word.slice(1);
}
