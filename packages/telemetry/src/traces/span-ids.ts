import { isSpanContextValid, trace, TraceFlags } from '@opentelemetry/api';

/** What names the span that is under way, for a line of the log; nothing where none is. */
export function spanIds(): { trace_id?: string; span_id?: string } {
  const context = trace.getActiveSpan()?.spanContext();
  if (context === undefined || !isSpanContextValid(context)) return {};
  return { trace_id: context.traceId, span_id: context.spanId };
}

/** Of the trace that is under way, where it is sent somewhere and can be looked up. */
export function keptTraceId(): string | undefined {
  const context = trace.getActiveSpan()?.spanContext();
  return context !== undefined && (context.traceFlags & TraceFlags.SAMPLED) !== 0 ? context.traceId : undefined;
}
