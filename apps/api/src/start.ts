import type { AddressInfo } from 'node:net';
import { createDatabase } from '@transcode/db';
import { createEvents, createJobLogs, createQueues } from '@transcode/queue';
import { openNamedStorage } from '@transcode/storage';
import { createLogger, createMetrics, startOpsServer } from '@transcode/telemetry';
import { Redis } from 'ioredis';
import type { Services } from './context.ts';
import type { Environment } from './env.ts';
import { readiness } from './http/readiness.ts';
import { Authenticator } from './identity/authenticator.ts';
import { SignInThrottle } from './identity/sign-in-throttle.ts';
import { Grants } from './media/grants.ts';
import { createServer } from './server.ts';
import { EventHub } from './services/event-hub.ts';
import { measureBacklog } from './services/measure-backlog.ts';
import { startReconciler } from './reconciler/reconciler.ts';

/** Requests that are still under way when the process stops get this long; uploads go on elsewhere from where they are. */
const STOP_MS = 10_000;

/** How long a request waits for the counters in Redis at most. */
const COUNTERS_MS = 1_000;

export interface RunningApi {
  readonly url: string;
  readonly metricsUrl: string;
  stop(): Promise<void>;
}

/** Counters answer at once or not at all: a request does not wait for Redis to come back. */
async function connectCounters(url: string, tell: (error: Error) => void): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    connectTimeout: COUNTERS_MS,
    commandTimeout: COUNTERS_MS,
    retryStrategy: (times) => Math.min(times * 100, COUNTERS_MS),
  });
  redis.on('error', tell);
  // Where Redis is away it goes on trying by itself.
  await redis.connect().catch(tell);
  return redis;
}

/** One API process: everything it stands on, then the server. Several may run beside each other. */
export async function startApi(env: Environment): Promise<RunningApi> {
  const log = createLogger({ name: 'api', level: env.LOG_LEVEL });
  const metrics = createMetrics();
  const stopping = new AbortController();
  const db = createDatabase(env.DATABASE_URL, { log: (message, error) => log.warn({ err: error }, message) });
  const tell = (error: Error): void => log.warn({ err: error }, 'The connection to Redis broke');
  const queues = createQueues({ redisUrl: env.REDIS_URL, onError: tell });
  const events = createEvents({ redisUrl: env.REDIS_URL, onError: tell });
  const jobLogs = createJobLogs({ redisUrl: env.REDIS_URL, onError: tell });
  const redis = await connectCounters(env.REDIS_URL, tell);
  const storage = openNamedStorage(env);

  const services: Services = {
    db,
    queues,
    events,
    hub: new EventHub(events),
    jobLogs,
    storage,
    log,
    authenticator: new Authenticator({ db, authSecret: env.AUTH_SECRET, publicUrl: env.PUBLIC_URL }),
    throttle: new SignInThrottle(redis),
    grants: new Grants(env.GRANT_SECRET),
    limits: { uploadMaxBytes: env.UPLOAD_MAX_BYTES, historyKeptMs: env.HISTORY_KEPT_SECONDS * 1000 },
    stopping: stopping.signal,
  };
  const app = await createServer({
    services,
    redis,
    metrics,
    consoleUrl: env.CONSOLE_URL,
    publicUrl: env.PUBLIC_URL,
    mediaRedirect: env.MEDIA_REDIRECT,
  });
  await app.listen({ host: env.HOST, port: env.PORT });
  const reconciler = startReconciler({
    databaseUrl: env.DATABASE_URL,
    historyKeptMs: services.limits.historyKeptMs,
    services,
  });
  metrics.beforeScrape(() => measureBacklog(db, metrics));
  const ops = await startOpsServer({
    host: env.HOST,
    port: env.METRICS_PORT,
    metrics,
    health: () => undefined,
    ready: () => readiness(services),
  });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://${env.HOST}:${port}`,
    metricsUrl: `http://${env.HOST}:${ops.port}`,
    async stop() {
      stopping.abort();
      const cut = setTimeout(() => app.server.closeAllConnections(), STOP_MS);
      await Promise.all([app.close(), reconciler.stop()]);
      clearTimeout(cut);
      redis.disconnect();
      await Promise.all([
        ...[ops.close(), queues.close(), events.close(), jobLogs.close()],
        ...[storage.close(), db.$disconnect()],
      ]);
    },
  };
}
