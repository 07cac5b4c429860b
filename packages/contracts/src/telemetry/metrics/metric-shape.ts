/** The processes that export metrics. */
export type Exporter = 'api' | 'worker';

/**
 * What a label may say: these values, or, where they are not ours to list, what bounds their number in words. There is no label of which
 * nothing bounds the number: each value is a series that Prometheus keeps.
 */
export type LabelValues = readonly string[] | { readonly boundedBy: string };

export interface MetricShape {
  readonly name: `transcode_${string}`;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** What is counted, for who reads it beside a graph. */
  readonly help: string;
  readonly labels: Readonly<Record<string, LabelValues>>;
  /** Of a histogram: the upper bounds of its buckets, in the metric's unit. */
  readonly buckets?: readonly number[];
  readonly from: readonly Exporter[];
  /** It tells of GPUs, so where there is none it has no series. */
  readonly gpu?: true;
  /** Each replica of the API tells the same of what all of them share: take max or min of it, never sum. */
  readonly shared?: true;
}

/** A metric's labels by name: each one of its values, or a text where they are not listed. */
export type LabelsOf<Shape extends MetricShape> = {
  readonly [Label in keyof Shape['labels']]: Shape['labels'][Label] extends readonly (infer Value)[] ? Value : string;
};

/** Of answers and of calls to what we stand on, in seconds. */
export const CALL_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const;
/** Of work that lasts, in seconds: from a probe to a feature film. */
export const WORK_SECONDS = [1, 2.5, 5, 10, 30, 60, 120, 300, 900, 1_800, 3_600, 7_200, 21_600] as const;
/** Shares of one, and a little more. */
export const RATIOS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1] as const;
