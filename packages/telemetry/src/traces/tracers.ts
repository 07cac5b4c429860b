import type { Tracer } from '@opentelemetry/api';

/**
 * Whose work a span is. What a process asks of Postgres, Redis or storage is drawn as theirs, as they tell nothing themselves: a map of
 * services has them then.
 */
export type Service = 'own' | 'postgres' | 'redis' | 'storage';

let tracers: ReadonlyMap<Service, Tracer> | undefined;

/** Undefined: nothing is traced. */
export function tracerOf(service: Service): Tracer | undefined {
  return tracers?.get(service);
}

export function useTracers(all: ReadonlyMap<Service, Tracer> | undefined): void {
  tracers = all;
}
