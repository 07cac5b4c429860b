import { METRICS, type MetricLabels, type MetricName, type MetricShape } from '@transcode/contracts';

/** Names of metrics of a kind, as the contract has them. */
export type NameOf<Kind extends (typeof METRICS)[MetricName]['kind']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];

/** One value, some of them, all but some, or a pattern for what is not listed in the contract. */
type Wanted<Value> =
  | Value
  | readonly Value[]
  | { readonly not: Value | readonly Value[] }
  | { readonly like: string }
  | { readonly unlike: string };

/** Which series of a metric: a label or a value that the contract lacks does not compile. */
export type Wants<Name extends MetricName> = {
  readonly [Label in keyof MetricLabels<Name>]?: Wanted<MetricLabels<Name>[Label]>;
};

/** What is asked of processes is asked of those that were chosen above the dashboard. */
export const OF_CHOSEN = 'job=~"$job",instance=~"$instance"';

/**
 * The series of a metric: of a gauge or a counter by itself, of a histogram with the suffix of what is asked of it. What all replicas of the API
 * tell the same is of no process, so it is there whichever was chosen.
 */
export function series<Name extends MetricName>(name: Name, wants: Wants<Name> = {}, suffix = ''): string {
  const shape: MetricShape = METRICS[name];
  return selector(`${shape.name}${suffix}`, shape.shared === true ? [] : [OF_CHOSEN], wants);
}

/** The series of a gauge of all processes, whichever were chosen. */
export function everywhere<Name extends NameOf<'gauge'>>(name: Name, wants: Wants<Name>): string {
  return selector(METRICS[name].name, [], wants);
}

function selector(name: string, first: readonly string[], wants: Readonly<Record<string, unknown>>): string {
  const matchers = Object.entries(wants).map(([label, wanted]) => matcherOf(label, wanted as Wanted<string>));
  const all = [...first, ...matchers];
  return all.length === 0 ? name : `${name}{${all.join(',')}}`;
}

function matcherOf(label: string, wanted: Wanted<string>): string {
  if (typeof wanted === 'string') return `${label}="${wanted}"`;
  if ('like' in wanted) return `${label}=~"${wanted.like}"`;
  if ('unlike' in wanted) return `${label}!~"${wanted.unlike}"`;
  if (!('not' in wanted)) return `${label}=~"${wanted.join('|')}"`;
  return typeof wanted.not === 'string' ? `${label}!="${wanted.not}"` : `${label}!~"${wanted.not.join('|')}"`;
}
