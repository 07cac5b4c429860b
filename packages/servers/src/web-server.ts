import { privateDirectory } from './private-directory.ts';
import { runningServer } from './running-server.ts';
import { launch, type RunningServer } from './server-process.ts';
import { untilReady } from './until-ready.ts';
import { withFreePort } from './with-free-port.ts';

/** Where one of Prometheus' family keeps what it knows, and what it goes by. */
export interface ConfiguredServer {
  /** The executable. */
  bin: string;
  dataDir: string;
  configFile: string;
  port?: number | undefined;
  log?: ((line: string) => void) | undefined;
}

interface WebServerOptions extends Omit<ConfiguredServer, 'configFile'> {
  name: string;
  /** Its arguments, once the port is known. */
  args: (where: { dataDir: string; port: number }) => string[];
}

const READY_MS = 60_000;
const ASK_MS = 2_000;

/** Starts a server of Prometheus' family on loopback, and waits until it says itself that it is ready. */
export async function startWebServer({
  name,
  bin,
  args,
  port: wanted,
  log,
  ...options
}: WebServerOptions): Promise<RunningServer> {
  const dataDir = await privateDirectory(options.dataDir);
  return withFreePort(wanted, async (port) => {
    const server = await launch({
      name,
      command: bin,
      args: args({ dataDir, port }),
      cwd: dataDir,
      ending: [['SIGTERM', 15_000]],
      log,
    });
    const url = `http://127.0.0.1:${port}`;
    await untilReady(server, () => isReady(url), READY_MS);
    return runningServer(server, { port, url });
  });
}

async function isReady(url: string): Promise<void> {
  const response = await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(ASK_MS) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`It answered ${response.status}.`);
}
