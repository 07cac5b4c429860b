import type { RunningServer } from './server-process.ts';
import { startWebServer, type ConfiguredServer } from './web-server.ts';

/** Starts one Alertmanager on loopback; silences and what was told are in a folder of its own. */
export async function startAlertmanager({ configFile, ...options }: ConfiguredServer): Promise<RunningServer> {
  return startWebServer({
    ...options,
    name: 'Alertmanager',
    args: (where) => [
      `--config.file=${configFile}`,
      `--storage.path=${where.dataDir}`,
      `--web.listen-address=127.0.0.1:${where.port}`,
      `--web.external-url=http://127.0.0.1:${where.port}`,
      // It is alone: no gossip, and no port for it.
      '--cluster.listen-address=',
    ],
  });
}
