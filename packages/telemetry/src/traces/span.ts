import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import { TranscodeError, type SpanAttribute, type SpanName } from '@transcode/contracts';
import { tracerOf, type Service } from './tracers.ts';

type Values = string | number | readonly string[] | undefined;
export type SpanAttributes<Name extends SpanName> = Readonly<Partial<Record<SpanAttribute<Name>, Values>>>;

/** For what begins a trace. */
export const NO_PARENT: Traceparent = '';

export interface SpanOptions<Name extends SpanName> {
  /** What is shown; its name unless told. */
  readonly title?: string;
  readonly kind?: keyof typeof SpanKind;
  readonly attributes?: SpanAttributes<Name>;
  /**
   * The span that it is a part of, wherever that was. `NO_PARENT`: it begins a trace, whatever is under way, such as the request before on the
   * same connection. Undefined: the one that is under way.
   */
  readonly parent?: Traceparent | undefined;
  /** Others that it has to do with. */
  readonly links?: readonly (Traceparent | null | undefined)[];
  /** Whose work it is where that is not this process's. */
  readonly service?: Service;
  readonly startTime?: Date;
  /** Only as a part of another: what a process does of itself, again and again, begins no trace. */
  readonly onlyWithin?: boolean;
}

/** The W3C `traceparent` of a span: `00-<trace id>-<span id>-<flags>`. It is kept in rows, so that a trace goes on wherever the work does. */
export type Traceparent = string;

export interface RunningSpan<Name extends SpanName = SpanName> {
  readonly set: (attributes: SpanAttributes<Name>) => void;
  fail(error: unknown): void;
  end(at?: Date): void;
  /** Undefined where nothing is traced. */
  readonly traceparent: Traceparent | undefined;
  /** Runs what is a part of it. */
  run<T>(work: () => T): T;
}

const NOTHING = {
  set: () => undefined,
  fail: () => undefined,
  end: () => undefined,
  traceparent: undefined,
  run: <T>(work: () => T): T => work(),
};

/** Begins a span; costs nothing where nothing is traced. */
export function beginSpan<Name extends SpanName>(name: Name, options: SpanOptions<Name> = {}): RunningSpan<Name> {
  const { service = 'own', title = name, kind = 'INTERNAL', attributes = {}, parent, links = [], startTime } = options;
  const tracer = tracerOf(service);
  if (tracer === undefined) return NOTHING;
  if (options.onlyWithin === true && trace.getSpanContext(context.active()) === undefined) return NOTHING;
  const within = parent === undefined ? context.active() : withParent(parent);
  const linked = links.flatMap((link) => spanContextOf(link) ?? []);
  const span = tracer.startSpan(
    title,
    {
      kind: SpanKind[kind],
      attributes: { ...attributes },
      links: linked.map((linkedContext) => ({ context: linkedContext })),
      ...(startTime && { startTime }),
    },
    within,
  );
  return running(span, within);
}

/** Does something within a span of its own; what it throws is the span's error. */
export async function inSpan<Name extends SpanName, T>(
  name: Name,
  options: SpanOptions<Name>,
  work: (span: RunningSpan<Name>) => Promise<T>,
): Promise<T> {
  const span = beginSpan(name, options);
  try {
    return await span.run(() => work(span));
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}

/** Runs what is part of no span, whatever is under way. */
export function outsideSpans<T>(work: () => T): T {
  // Most often none is, and a context of its own would be handed on by all that is awaited.
  if (trace.getSpan(context.active()) === undefined) return work();
  return context.with(ROOT_CONTEXT, work);
}

/** Of the span that is under way; undefined where nothing is traced. */
export function currentTraceparent(): Traceparent | undefined {
  const spanContext = trace.getSpanContext(context.active());
  return spanContext === undefined ? undefined : traceparentOf(spanContext);
}

/** The id that a trace is looked up by. */
export function traceIdOf(traceparent: Traceparent | null | undefined): string | undefined {
  return spanContextOf(traceparent)?.traceId;
}

function running<Name extends SpanName>(span: Span, within: Context): RunningSpan<Name> {
  const own = trace.setSpan(within, span);
  return {
    set: (attributes) => {
      span.setAttributes(attributes);
    },
    fail: (error) => {
      const type = error instanceof TranscodeError ? error.code : error instanceof Error ? error.name : 'unknown';
      span.setAttribute('error.type', type);
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
    end: (at) => span.end(at),
    traceparent: traceparentOf(span.spanContext()),
    run: (work) => context.with(own, work),
  };
}

function withParent(parent: Traceparent): Context {
  const spanContext = spanContextOf(parent);
  return spanContext === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContext);
}

const SHAPE = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

function spanContextOf(traceparent: Traceparent | null | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = SHAPE.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const spanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(spanContext) ? spanContext : undefined;
}

function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): Traceparent | undefined {
  if (!isSpanContextValid({ traceId, spanId, traceFlags })) return undefined;
  return `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;
}
