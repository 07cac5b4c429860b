import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';
import * as z from 'zod';

/** What we read of OTLP's trace messages (opentelemetry-proto, `trace/v1/trace.proto`). */
const PROTO = `
syntax = "proto3";
message Request { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeSpans { repeated Span spans = 2; }
message Span {
  bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
  fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
  repeated KeyValue attributes = 9; repeated Link links = 13; Status status = 15;
}
message Link { bytes trace_id = 1; bytes span_id = 2; }
message Status { string message = 2; int32 code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message ArrayValue { repeated AnyValue values = 1; }
message AnyValue {
  oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; ArrayValue array_value = 5; }
}`;

const id = z.string().transform((base64) => Buffer.from(base64, 'base64').toString('hex'));
const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const Message = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes: z.array(Attribute).default([]) }),
        scopeSpans: z.array(
          z.object({
            spans: z.array(
              z.object({
                ...{ traceId: id, spanId: id, parentSpanId: id.optional(), name: z.string() },
                attributes: z.array(Attribute).default([]),
                links: z.array(z.object({ traceId: id, spanId: id })).default([]),
                status: z.object({ code: z.int().default(0) }).default({ code: 0 }),
              }),
            ),
          }),
        ),
      }),
    )
    .default([]),
});

export interface ReceivedSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly failed: boolean;
}

export interface SpanSink {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  close(): Promise<void>;
}

const ERROR = 2;

/** Takes spans as a collector does, by OTLP over HTTP. */
export async function openSpanSink(): Promise<SpanSink> {
  const type = protobuf.parse(PROTO).root.lookupType('Request');
  const spans: ReceivedSpan[] = [];
  const server = createServer((request, response) => {
    const take = async (): Promise<void> => {
      const body = await buffer(request);
      const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      spans.push(...read(type.toObject(type.decode(bytes), { bytes: String, longs: Number })));
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    };
    take().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function read(message: unknown): ReceivedSpan[] {
  return Message.parse(message).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, status, parentSpanId, ...span }) => ({
        ...span,
        service: String(valuesOf(resource.attributes)['service.name']),
        parentSpanId,
        attributes: valuesOf(attributes),
        failed: status.code === ERROR,
      })),
    ),
  );
}

function valuesOf(attributes: readonly z.infer<typeof Attribute>[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
