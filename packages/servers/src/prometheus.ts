import type { RunningServer } from './server-process.ts';
import { startWebServer, type ConfiguredServer } from './web-server.ts';

/** Service levels look back for 30 days. */
const RETENTION = ['--storage.tsdb.retention.time=40d', '--storage.tsdb.retention.size=4GB'];

/** Starts Prometheus on loopback with its samples in a folder of its own. */
export async function startPrometheus({ configFile, ...options }: ConfiguredServer): Promise<RunningServer> {
  return startWebServer({
    ...options,
    name: 'Prometheus',
    args: (where) => [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${where.dataDir}`,
      ...RETENTION,
      // Latencies lead to the traces that took so long.
      '--enable-feature=exemplar-storage',
      `--web.listen-address=127.0.0.1:${where.port}`,
      `--web.external-url=http://127.0.0.1:${where.port}`,
    ],
  });
}
