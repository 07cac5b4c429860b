import { channel } from 'node:diagnostics_channel';
import type { Exporter, MetricLabels, MetricOf } from '@transcode/contracts';
import { keptTraceId } from './traces/span-ids.ts';

type Kind = 'counter' | 'gauge' | 'histogram';
/** What some process exports. */
type AnyOf<K extends Kind> = { [From in Exporter]: MetricOf<K, From> }[Exporter];

export type GaugeName = AnyOf<'gauge'>;

export interface Measured {
  readonly act: 'count' | 'observe' | 'set' | 'add' | 'forget';
  readonly name: AnyOf<Kind>;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Of the trace that it happened in, where that is kept. */
  readonly traceId: string | undefined;
}

const MEASURED = channel('transcode:measured');

/**
 * Measures something where it happens. Whoever exports the metrics of this process hears it; where nobody does, as in most tests, it costs
 * nothing. What a process does not export is not heard there.
 */
export const measure = {
  /** So many more of what a counter counts. */
  count<Name extends AnyOf<'counter'>>(name: Name, labels: MetricLabels<Name>, by = 1): void {
    tell('count', name, labels, by);
  },
  /** One more of what a histogram shows, in the metric's unit, and the trace that it belongs to: the one under way unless told; null for none. */
  observe<Name extends AnyOf<'histogram'>>(
    name: Name,
    labels: MetricLabels<Name>,
    value: number,
    traceId?: string | null,
  ): void {
    if (MEASURED.hasSubscribers) tell('observe', name, labels, value, traceId === undefined ? keptTraceId() : traceId);
  },
  /** What a gauge says from now on. */
  set<Name extends AnyOf<'gauge'>>(name: Name, labels: MetricLabels<Name>, value: number): void {
    tell('set', name, labels, value);
  },
  /** So many more of what a gauge says, or, with a minus, fewer. */
  add<Name extends AnyOf<'gauge'>>(name: Name, labels: MetricLabels<Name>, by: number): void {
    tell('add', name, labels, by);
  },
  /** What a gauge said is not known any more: it has no series. */
  forget(name: GaugeName): void {
    tell('forget', name, {}, 0);
  },
};

function tell(act: Measured['act'], name: Measured['name'], labels: object, value: number, traceId?: string | null) {
  if (!MEASURED.hasSubscribers) return;
  const measured: Measured = { act, name, labels: labels as Measured['labels'], value, traceId: traceId ?? undefined };
  MEASURED.publish(measured);
}

/** Hears all that is measured in this process. Returns how to hear no more. */
export function hearMeasures(listener: (measured: Measured) => void): () => void {
  const hear = (message: unknown): void => listener(message as Measured);
  MEASURED.subscribe(hear);
  return () => {
    MEASURED.unsubscribe(hear);
  };
}
