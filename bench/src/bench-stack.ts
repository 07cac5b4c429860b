import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createDatabase, migrate, type Database } from '@transcode/db';
import { createQueues, type Queues } from '@transcode/queue';
import { findTools, freePort, startPostgres, startRedis, type ToolPaths } from '@transcode/servers';
import { openStorage, type Storage } from '@transcode/storage';

/** A statement that makes a million rows takes its time. */
const SEED_MS = 3_600_000;

/** Where others use the machine, too, reading all code takes its time. */
const START_MS = 120_000;

/** What a video's journey needs, with nothing else running beside it. */
export interface BenchStack {
  readonly folder: string;
  readonly tools: ToolPaths;
  readonly db: Database;
  readonly queues: Queues;
  readonly storage: Storage;
  /** The environment of a worker or an API process on this stack. */
  readonly environment: Readonly<Record<string, string>>;
  /** Starts a process of ours, `apps/worker` say, and waits until its operations port says it is ready. */
  startProcess(
    app: 'worker' | 'api',
    extra: Readonly<Record<string, string>>,
    options?: ProcessOptions,
  ): Promise<BenchProcess>;
  dispose(): Promise<void>;
}

interface ProcessOptions {
  /** The only core it may run on. */
  readonly core?: number;
}

export interface BenchProcess {
  readonly pid: number;
  readonly metricsUrl: string;
  stop(): Promise<void>;
}

export async function startBenchStack(root: string): Promise<BenchStack> {
  const tools = await findTools({ root, env: { PATH: process.env['PATH'] } });
  const folder = await mkdtemp(path.join(tmpdir(), 'transcode-bench-'));
  const password = crypto.randomUUID();
  const postgres = await startPostgres({ bin: tools.postgresBin, dataDir: path.join(folder, 'postgres'), password });
  const redis = await startRedis({ bin: tools.redisServer, dataDir: path.join(folder, 'redis'), password });
  await migrate(postgres.url);
  const db = createDatabase(postgres.url, { silentMs: SEED_MS });
  const queues = createQueues({ redisUrl: redis.url });
  const storageUrl = pathToFileURL(path.join(folder, 'objects')).href;
  const storage = openStorage(storageUrl);
  const environment = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    STORAGE_URL: storageUrl,
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    TRANSCODE_FFMPEG: tools.ffmpeg,
    TRANSCODE_FFPROBE: tools.ffprobe,
  };
  const processes: BenchProcess[] = [];
  return {
    folder,
    tools,
    db,
    queues,
    storage,
    environment,
    startProcess: async (app, extra, options = {}) => {
      const started = await startProcess(root, app, { ...environment, ...extra }, options);
      processes.push(started);
      return started;
    },
    dispose: async () => {
      for (const started of processes) await started.stop();
      await queues.close();
      await db.$disconnect();
      await storage.close();
      await redis.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startProcess(
  root: string,
  app: string,
  environment: Record<string, string>,
  { core }: ProcessOptions,
): Promise<BenchProcess> {
  const metricsPort = await freePort();
  const pinned = core === undefined ? [] : ['/usr/bin/taskset', '--cpu-list', String(core)];
  const [command, ...args] = [...pinned, process.execPath, path.join(root, 'apps', app, 'src/main.ts')];
  const child = spawn(command, args, {
    env: { ...environment, METRICS_PORT: String(metricsPort) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  let gone = false;
  void exited.then(() => (gone = true));
  const deadline = Date.now() + START_MS;
  while (!(await answers(`http://127.0.0.1:${metricsPort}/ready`))) {
    if (gone || Date.now() > deadline) throw new Error(`apps/${app} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    pid: child.pid ?? 0,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    stop: async () => {
      if (gone) return;
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
