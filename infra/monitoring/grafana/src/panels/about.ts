import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import type {
  DashboardLink,
  DynamicConfigValue,
  Panel,
  ThresholdsConfig,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type { AlertName } from '../alerts.ts';
import { COLOUR_OF } from '../colours.ts';
import { pageLink, runbookLink, type Page } from '../frame/links.ts';
import { DATA_SOURCE } from '../frame/variables.ts';
import { thresholdsOf, type Limits } from './limits.ts';
import { queryOf, type Query } from './query.ts';

/** What a panel says of itself, whatever it looks like. */
export interface About {
  readonly title: string;
  /** What is shown, over what time. */
  readonly shows: string;
  /** How it looks when all is well. */
  readonly good: string;
  /** What to do when it does not. */
  readonly otherwise: string;
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Of the 24 columns of a dashboard. */
  readonly width: number;
  readonly height?: number;
  /** What stands there where there is nothing to show. */
  readonly none?: string;
  readonly limits?: Limits;
  /** Alerts that look at the same and have no limit to draw. */
  readonly alerts?: readonly AlertName[];
  readonly page?: Page;
  readonly decimals?: number;
}

/** What the SDK's builder of every kind of panel can do. */
interface PanelBuilder extends cog.Builder<Panel> {
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: DataSourceRef): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  noValue(text: string): this;
  span(columns: number): this;
  height(lines: number): this;
  thresholds(thresholds: cog.Builder<ThresholdsConfig>): this;
  links(links: cog.Builder<DashboardLink>[]): this;
  targets(targets: cog.Builder<Dataquery>[]): this;
  overrideByName(name: string, properties: DynamicConfigValue[]): this;
}

/** Gives a panel its words, its queries and its links. */
export function tell<Builder extends PanelBuilder>(builder: Builder, about: About): Builder {
  const alerts = [...new Set([...(about.limits?.steps.map(({ alert }) => alert) ?? []), ...(about.alerts ?? [])])];
  // Named, too, for where nobody set an address that the links begin with.
  const runbooks =
    alerts.length === 0 ? [] : [`**Runbooks:** ${alerts.map((alert) => `docs/runbooks/${alert}.md`).join(', ')}`];
  builder
    .title(about.title)
    .description(
      [about.shows, `**Good:** ${about.good}`, `**Otherwise:** ${about.otherwise}`, ...runbooks].join('\n\n'),
    )
    .datasource(DATA_SOURCE)
    .unit(about.unit)
    .noValue(about.none ?? 'Nothing in this time')
    .span(about.width)
    .height(about.height ?? 8)
    .thresholds(thresholdsOf(about.limits))
    .links([...alerts.map(runbookLink), ...(about.page === undefined ? [] : [pageLink(about.page)])])
    .targets(about.queries.map(queryOf));
  if (about.decimals !== undefined) builder.decimals(about.decimals);
  return builder;
}

/** Gives series that the legend names alike one colour on all dashboards; `names` are those that there can be. */
export function paint<Builder extends PanelBuilder>(builder: Builder, names: readonly string[]): Builder {
  for (const name of names) {
    const fixedColor = COLOUR_OF[name];
    if (fixedColor === undefined) throw new Error(`No colour for ${name}`);
    builder.overrideByName(name, [{ id: 'color', value: { mode: 'fixed', fixedColor } }]);
  }
  return builder;
}
