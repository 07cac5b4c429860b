import { useTracers, type Service } from './tracers.ts';

export interface TracingOptions {
  /** The process: `api`, `worker`, `console`. */
  readonly component: string;
  readonly version: string;
  /** Where spans are sent by OTLP over HTTP, such as `http://collector:4318`; undefined: nothing is traced. */
  readonly endpoint: string | undefined;
  /** Share of traces that are kept from their beginning on, from 0 to 1. */
  readonly ratio: number;
}

const SERVICES: readonly Service[] = ['own', 'postgres', 'redis', 'storage'];
/** A collector that is away must not take memory: spans beyond these are dropped. */
const MOST_SPANS = 16_384;
const SEND_MS = 1_000;

/**
 * Sends spans from now on. What does it is loaded only then, so that a process which traces nothing pays nothing. Returns how to send the last
 * of them.
 */
export async function startTracing({
  component,
  version,
  endpoint,
  ratio,
}: TracingOptions): Promise<() => Promise<void>> {
  if (endpoint === undefined) return () => Promise.resolve();
  const [{ context }, { AsyncLocalStorageContextManager }, exporter, { resourceFromAttributes }, sdk] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/exporter-trace-otlp-proto'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace'),
    ]);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } = sdk;
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  // One for all: it tells whose a span is from the span itself, and a batch goes out in one request.
  const batches = new BatchSpanProcessor({
    exporter: new exporter.OTLPTraceExporter({ url }),
    ...{ maxQueueSize: MOST_SPANS, scheduledDelayMillis: SEND_MS },
  });
  const providers = new Map(
    SERVICES.map((service) => {
      const name = service === 'own' ? `transcode-${component}` : service;
      const provider = new TracerProvider({
        resource: resourceFromAttributes({
          'service.name': name,
          'service.version': version,
          'service.namespace': 'transcode',
        }),
        sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
        spanProcessors: [batches],
      });
      return [service, provider] as const;
    }),
  );
  useTracers(new Map([...providers].map(([service, provider]) => [service, provider.getTracer('transcode')])));
  return async () => {
    useTracers(undefined);
    context.disable();
    await Promise.allSettled([...providers.values()].map((provider) => provider.shutdown()));
  };
}
