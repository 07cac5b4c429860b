import { startTracing } from '@transcode/telemetry/traces';
import packageJson from '../../package.json' with { type: 'json' };
import { parseEnv, type Env } from './env.ts';

let parsed: Env | undefined;
let tracing: Promise<unknown> | undefined;

/** The environment, read when the first request needs it: the build has none. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** Once it resolves, what is to be traced is. */
export async function traced(): Promise<void> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio } = env();
  tracing ??= startTracing({ component: 'console', version: packageJson.version, endpoint, ratio });
  await tracing;
}
