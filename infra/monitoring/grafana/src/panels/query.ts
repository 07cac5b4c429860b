import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';

export interface Query {
  readonly expr: string;
  /** The series' name: words, and labels in double braces. */
  readonly legend: string;
  /** `now`: one value. `rows`: one value a row of a table. `heat`: the buckets of a heat map. Else a graph's points. */
  readonly as?: 'now' | 'rows' | 'heat';
  /** Points of single requests that lead to their traces. */
  readonly exemplars?: true;
}

export function queryOf({ expr, legend, as, exemplars }: Query, index: number): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .refId(String.fromCodePoint(65 + index))
    .expr(expr)
    .legendFormat(legend);
  if (as === 'now') return query.instant();
  if (as === 'rows') return query.instant().format(PromQueryFormat.Table);
  if (as === 'heat') return query.range().format(PromQueryFormat.Heatmap);
  return exemplars === true ? query.range().exemplar(true) : query.range();
}
