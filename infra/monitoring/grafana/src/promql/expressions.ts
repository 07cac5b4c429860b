import type { MetricName } from '@transcode/contracts';
import { series, type NameOf, type Wants } from './series.ts';

/** How long a rate looks back: Grafana makes it at least four scrapes and at least one step of the graph. */
const WINDOW = '[$__rate_interval]';

/** How often a counter counts in a second. */
export function rate<Name extends NameOf<'counter'>>(name: Name, wants?: Wants<Name>): string {
  return `rate(${series(name, wants)}${WINDOW})`;
}

/** How much a counter has counted in a time. */
export function increase<Name extends NameOf<'counter'>>(name: Name, wants?: Wants<Name>, time = '$__range'): string {
  return `increase(${series(name, wants)}[${time}])`;
}

/** How often a histogram observed something in a second. */
export function observed<Name extends NameOf<'histogram'>>(name: Name, wants?: Wants<Name>): string {
  return `rate(${series(name, wants, '_count')}${WINDOW})`;
}

/** The value below which a share of what was observed lies, by labels. */
export function quantile<Name extends NameOf<'histogram'>>(
  share: number,
  name: Name,
  by: readonly string[] = [],
  wants?: Wants<Name>,
): string {
  const buckets = `rate(${series(name, wants, '_bucket')}${WINDOW})`;
  return `histogram_quantile(${share}, sum by (${['le', ...by].join(', ')}) (${buckets}))`;
}

/** The mean of what was observed, by labels: sums and counts are added apart, then divided. */
export function mean<Name extends NameOf<'histogram'>>(name: Name, by: readonly string[], wants?: Wants<Name>): string {
  return `${sum(by, `rate(${series(name, wants, '_sum')}${WINDOW})`)} / ${sum(by, observed(name, wants))}`;
}

/** The buckets of a histogram as a heat map draws them. */
export function heat<Name extends NameOf<'histogram'>>(name: Name, wants?: Wants<Name>): string {
  return `sum by (le) (increase(${series(name, wants, '_bucket')}${WINDOW}))`;
}

export function sum(by: readonly string[], expression: string): string {
  return aggregated('sum', by, expression);
}

export function max(by: readonly string[], expression: string): string {
  return aggregated('max', by, expression);
}

export function min(by: readonly string[], expression: string): string {
  return aggregated('min', by, expression);
}

/** What every replica of the API tells the same, once. */
export function shared<Name extends MetricName>(name: Name, by: readonly string[] = [], wants?: Wants<Name>): string {
  return max(by, series(name, wants));
}

function aggregated(operator: 'sum' | 'max' | 'min', by: readonly string[], expression: string): string {
  return by.length === 0 ? `${operator}(${expression})` : `${operator} by (${by.join(', ')}) (${expression})`;
}
