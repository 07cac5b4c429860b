import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { freePort, type ToolPaths } from '@transcode/servers';
import type { Random } from '@transcode/testing/random';
import { SCRATCH_FREE_MIB } from './scratch-volume.ts';
import { Supervised } from './supervised.ts';

/** What all processes of one installation share. */
export interface Site {
  readonly root: string;
  readonly logs: string;
  readonly tools: ToolPaths;
  readonly env: Readonly<Record<string, string>>;
  /** For the supervisor's pauses. */
  readonly random: Random;
}

/** How long a process that died stays away, unless a fault says otherwise. */
const RESTART_MS = [500, 3_000] as const;

export interface SupervisedApi {
  readonly process: Supervised;
  readonly port: number;
}

/** So many API replicas, each on a port of its own. */
export async function startApis(site: Site, count: number): Promise<SupervisedApi[]> {
  const secrets = { AUTH_SECRET: randomBytes(32).toString('hex'), GRANT_SECRET: randomBytes(32).toString('hex') };
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const port = await freePort();
      const env = { ...secrets, PORT: String(port), METRICS_PORT: String(await freePort()) };
      return { process: supervise(site, { app: 'api', name: `api-${index + 1}`, env, readyPort: port }), port };
    }),
  );
}

/** One worker a scratch folder, of all classes, with one ffmpeg at a time. */
export async function startWorkers(
  site: Site,
  scratch: readonly string[],
  chunkSegments: number,
): Promise<Supervised[]> {
  const { tools } = site;
  return Promise.all(
    scratch.map(async (folder, index) => {
      const name = `worker-${index + 1}`;
      const port = await freePort();
      const env = {
        WORKER_ID: name,
        METRICS_PORT: String(port),
        SCRATCH_DIR: folder,
        SCRATCH_FREE_MIB: String(SCRATCH_FREE_MIB),
        DISK_RESERVE_MIB: '0',
        CPU_SLOTS: '1',
        CHUNK_SEGMENTS: String(chunkSegments),
        TRANSCODE_FFMPEG: tools.ffmpeg,
        TRANSCODE_FFPROBE: tools.ffprobe,
      };
      return supervise(site, { app: 'worker', name, env, readyPort: port });
    }),
  );
}

function supervise(
  site: Site,
  {
    app,
    name,
    env,
    readyPort,
  }: { app: 'api' | 'worker'; name: string; env: Readonly<Record<string, string>>; readyPort: number },
): Supervised {
  const started = new Supervised({
    name,
    main: path.join(site.root, 'apps', app, 'src/main.ts'),
    env: {
      ...{ LOG_LEVEL: 'info', HOST: '127.0.0.1' },
      // As an installation's processes have it: they start in half the time.
      NODE_COMPILE_CACHE: path.join(site.root, '.tools/compile-cache'),
      ...site.env,
      ...env,
    },
    logFile: path.join(site.logs, `${name}.log`),
    readyUrl: `http://127.0.0.1:${readyPort}/ready`,
    restartMs: () => site.random.between(...RESTART_MS),
  });
  started.start();
  return started;
}
