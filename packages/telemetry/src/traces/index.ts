export { beginSpan, currentTraceparent, inSpan, NO_PARENT, outsideSpans, traceIdOf } from './span.ts';
export type { RunningSpan, SpanOptions, Traceparent } from './span.ts';
export { startTracing } from './start-tracing.ts';
