import { privateDirectory } from './private-directory.ts';
import { runningServer } from './running-server.ts';
import { launch, type RunningServer } from './server-process.ts';
import { untilReady } from './until-ready.ts';

export interface CollectorOptions {
  name: string;
  /** An OpenTelemetry collector, such as `otelcol-contrib` or `jaeger`. */
  bin: string;
  dataDir: string;
  /** Files, or `yaml:` with a setting; a later one changes what an earlier says. */
  configs: readonly string[];
  env?: Record<string, string>;
  /** Where it takes spans or shows them, and where its extension `healthcheckv2` says that it is well. */
  ports: { readonly main: number; readonly health: number };
  log?: (line: string) => void;
}

const READY_MS = 60_000;
const ASK_MS = 2_000;

/** Starts an OpenTelemetry collector, on loopback where its configuration says so, and waits until it says that it is well. */
export async function startCollector(options: CollectorOptions): Promise<RunningServer> {
  const { name, bin, configs, env = {}, ports, log } = options;
  const server = await launch({
    name,
    command: bin,
    args: configs.map((config) => `--config=${config}`),
    cwd: await privateDirectory(options.dataDir),
    env,
    ending: [['SIGTERM', 15_000]],
    log,
  });
  await untilReady(server, () => isWell(ports.health), READY_MS);
  return runningServer(server, { port: ports.main, url: `http://127.0.0.1:${ports.main}` });
}

async function isWell(port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/status`, { signal: AbortSignal.timeout(ASK_MS) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`It answered ${response.status}.`);
}
