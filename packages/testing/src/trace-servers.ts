import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePorts, startCollector } from '@transcode/servers';
import { goProgram } from './go-program.ts';

const MONITORING = resolve(import.meta.dirname, '../../../infra/monitoring');
export const COLLECTOR_FILE = join(MONITORING, 'otel-collector/otel-collector.yml');
export const JAEGER_FILE = join(MONITORING, 'jaeger/jaeger.yml');

/** A span as Jaeger shows it. */
export interface StoredSpan {
  readonly spanID: string;
  readonly operationName: string;
  readonly service: string;
  readonly tags: Readonly<Record<string, unknown>>;
  readonly references: readonly { readonly refType: string; readonly traceID: string; readonly spanID: string }[];
}

export interface TraceServers {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string;
  /** What Jaeger has of a trace by now; nothing where it has none. */
  trace(id: string): Promise<StoredSpan[]>;
  /** Which service asked which. */
  services(): Promise<string[]>;
  stop(): Promise<void>;
}

export interface HowToSample {
  readonly keptPercent?: number;
  /** Shorter than it is, so that nobody waits for each decision. */
  readonly decisionSeconds: number;
}

/** Jaeger, which is an OpenTelemetry collector too, and the collector before it, both with our configuration, on free ports. */
export async function startTraceServers({ keptPercent = 5, decisionSeconds }: HowToSample): Promise<TraceServers> {
  const bin = await jaegerProgram();
  const folder = await mkdtemp(join(tmpdir(), 'traces-'));
  const [otlp = 0, query = 0, grpc = 0, health = 0, metrics = 0, http = 0, inGrpc = 0, well = 0, own = 0] =
    await freePorts(9);
  const jaeger = await startCollector({
    ...{ name: 'Jaeger', bin, dataDir: join(folder, 'jaeger'), configs: [`file:${JAEGER_FILE}`] },
    env: {
      ...{ JAEGER_HOST: '127.0.0.1', JAEGER_DATA: join(folder, 'traces'), JAEGER_OTLP_PORT: String(otlp) },
      ...{ JAEGER_QUERY_PORT: String(query), JAEGER_QUERY_GRPC_PORT: String(grpc) },
      ...{ JAEGER_HEALTH_PORT: String(health), JAEGER_METRICS_PORT: String(metrics) },
    },
    ports: { main: query, health },
  });
  const collector = await startCollector({
    ...{ name: 'the collector', bin, dataDir: join(folder, 'collector') },
    configs: [
      `file:${COLLECTOR_FILE}`,
      set('receivers::otlp::protocols::http::endpoint', `127.0.0.1:${http}`),
      set('receivers::otlp::protocols::grpc::endpoint', `127.0.0.1:${inGrpc}`),
      set('extensions::healthcheckv2::http::endpoint', `127.0.0.1:${well}`),
      set('processors::tail_sampling::decision_wait', `${decisionSeconds}s`),
      `yaml:{service: {telemetry: {metrics: {readers: [{pull: {exporter: {prometheus: {host: 127.0.0.1, port: ${own}}}}}]}}}}`,
    ],
    env: { JAEGER_OTLP: `127.0.0.1:${otlp}`, TRACES_KEPT_PERCENT: String(keptPercent) },
    ports: { main: http, health: well },
  });
  return {
    endpoint: collector.url,
    trace: async (id) => {
      const response = await fetch(`${jaeger.url}/api/traces/${id}`);
      if (response.status === 404) return [];
      const { data } = (await response.json()) as { data: JaegerTrace[] };
      return data.flatMap(spansOf);
    },
    services: async () => {
      const lookback = String(24 * 3_600_000);
      const asked = new URLSearchParams({ endTs: String(Date.now()), lookback });
      const answer = await fetch(`${jaeger.url}/api/dependencies?${asked.toString()}`);
      const { data } = (await answer.json()) as { data: { parent: string; child: string }[] };
      return data.map(({ parent, child }) => `${parent} → ${child}`);
    },
    stop: async () => {
      await collector.stop();
      await jaeger.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The program that both are run by, built once. */
export const jaegerProgram = (): Promise<string> =>
  goProgram(join(MONITORING, 'jaeger/program'), 'github.com/jaegertracing/jaeger/cmd/jaeger');

/** A setting of a collector that is other than in its file. */
const set = (path: string, value: string | number): string => `yaml:${path}: ${value}`;

interface JaegerTrace {
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
  readonly spans: readonly (Omit<StoredSpan, 'service' | 'tags'> & {
    readonly processID: string;
    readonly tags: readonly { readonly key: string; readonly value: unknown }[];
  })[];
}

function spansOf({ spans, processes }: JaegerTrace): StoredSpan[] {
  return spans.map(({ spanID, operationName, references, processID, tags }) => ({
    ...{ spanID, operationName, references },
    service: processes[processID]?.serviceName ?? '',
    tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  }));
}
