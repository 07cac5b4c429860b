/** One trace in which a bucket of a histogram was hit last. */
export interface Exemplar {
  readonly traceId: string;
  readonly value: number;
  /** In seconds since 1970. */
  readonly at: number;
}

export const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** Names a series, whatever the order of its labels. */
export function seriesKey(name: string, labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `${name} ${sorted.map(([label, value]) => `${label}=${value}`).join(' ')}`;
}

/**
 * Prometheus' text as OpenMetrics, which alone can carry exemplars: a counter's family is named without `_total`, nothing is blank, and the end is
 * said. (OpenMetrics 1.0, 5.1)
 */
export function openMetrics(text: string, exemplars: ReadonlyMap<string, Exemplar>): string {
  const lines: string[] = [];
  let help = '';
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('# HELP ')) help = line;
    else if (line.startsWith('# TYPE ')) lines.push(...family(help, line));
    else lines.push(withExemplar(line, exemplars));
  }
  return `${lines.join('\n')}\n# EOF\n`;
}

function family(help: string, type: string): string[] {
  const [, , name = '', kind = ''] = type.split(' ');
  if (kind !== 'counter') return [help, type];
  if (!name.endsWith('_total')) return [help, `# TYPE ${name} unknown`];
  const base = name.slice(0, -'_total'.length);
  return [help.replace(`# HELP ${name} `, `# HELP ${base} `), `# TYPE ${base} counter`];
}

function withExemplar(line: string, exemplars: ReadonlyMap<string, Exemplar>): string {
  const [, name, labels] = /^(\w+_bucket)\{(.*)\} \S+$/.exec(line) ?? [];
  if (name === undefined || labels === undefined) return line;
  const read = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', value = '']) => [label, value]);
  const exemplar = exemplars.get(seriesKey(name, Object.fromEntries(read) as Record<string, string>));
  if (exemplar === undefined) return line;
  return `${line} # {trace_id="${exemplar.traceId}"} ${exemplar.value} ${exemplar.at.toFixed(3)}`;
}
