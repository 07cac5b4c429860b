import { randomBytes } from 'node:crypto';
import type { SpanAttribute, SpanName } from '@transcode/contracts';

export interface MadeSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly service: string;
  readonly name: string;
  readonly seconds: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly failed: boolean;
}

interface About<Name extends SpanName> {
  readonly in: string;
  readonly of: Name;
  readonly service: string;
  readonly seconds?: number;
  readonly attributes?: Readonly<Partial<Record<SpanAttribute<Name>, string | number>>>;
  readonly below?: MadeSpan;
  readonly failed?: boolean;
}

export const newTraceId = (): string => randomBytes(16).toString('hex');

/** A span as our processes send it. */
export function madeSpan<Name extends SpanName>(about: About<Name>): MadeSpan {
  const { seconds = 0.02, attributes = {}, below, failed = false } = about;
  return {
    ...{ traceId: about.in, spanId: randomBytes(8).toString('hex'), service: about.service, name: about.of },
    ...(below && { parentSpanId: below.spanId }),
    ...{ seconds, attributes, failed },
  };
}

/** Sends spans by OTLP over HTTP, as JSON. */
export async function sendSpans(endpoint: string, spans: readonly MadeSpan[]): Promise<void> {
  const resourceSpans = spans.map(({ service, attributes, seconds, failed, ...span }) => ({
    resource: { attributes: listed({ 'service.name': service, 'service.namespace': 'transcode' }) },
    scopeSpans: [
      {
        spans: [
          {
            ...span,
            ...{ kind: 1, attributes: listed(attributes), status: { code: failed ? ERROR : 0 } },
            ...{
              startTimeUnixNano: nanoseconds(Date.now() - seconds * 1000),
              endTimeUnixNano: nanoseconds(Date.now()),
            },
          },
        ],
      },
    ],
  }));
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${endpoint}/v1/traces`, {
    ...{ method: 'POST', headers, body: JSON.stringify({ resourceSpans }) },
  });
  if (!response.ok) throw new Error(`The collector answered ${response.status}: ${await response.text()}`);
}

const ERROR = 2;
const nanoseconds = (ms: number): string => `${Math.round(ms)}000000`;

function listed(attributes: Readonly<Record<string, string | number>>): object[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));
}
