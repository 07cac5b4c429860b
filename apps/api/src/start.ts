import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { openBackupStore } from '@transcode/backup/read';
import { createDatabase } from '@transcode/db';
import { createEvents, createJobLogs, createQueues } from '@transcode/queue';
import { openNamedStorage } from '@transcode/storage';
import {
  createLogger,
  createMetrics,
  logFailedOperations,
  measureBuild,
  startOpsServer,
  startTracing,
  type Logger,
} from '@transcode/telemetry';
import { Redis } from 'ioredis';
import type { BackupPlace, Services } from './context.ts';
import { openCopier } from './copies/open-copier.ts';
import type { Environment } from './env.ts';
import { Callers } from './http/callers.ts';
import { leave } from './http/leave.ts';
import { readiness } from './http/readiness.ts';
import { Turns } from './http/bounds/turns.ts';
import { Authenticator } from './identity/authenticator.ts';
import { SignInThrottle } from './identity/sign-in-throttle.ts';
import { Grants } from './media/grants.ts';
import { createServer } from './server.ts';
import { BackupReader } from './services/backups/backup-reader.ts';
import { Estimator } from './services/estimate/estimator.ts';
import { EventHub } from './services/events/event-hub.ts';
import { startReconciler } from './reconciler/reconciler.ts';
import { ownVersion } from './rest/docs-page.ts';
import { measureBeforeScrapes } from './signals/measure-before-scrapes.ts';
import { Resting } from './views/resting.ts';

/** Requests that are still under way when the process stops get this long; uploads go on elsewhere from where they are. */
const STOP_MS = 10_000;

/** How long a request waits for the counters in Redis at most. */
const COUNTERS_MS = 1_000;

/** Connections that wait to be taken: where there is no room for one, its client tries again after a second, then three, then seven. */
const BACKLOG = 4_096;

/**
 * Node has four threads for what is not JavaScript: half of them go on reading files and cookies while somebody guesses passwords, and half of
 * the processors have something else to do.
 */
const PASSWORDS = {
  atOnce: Math.max(1, Math.min(2, Math.floor(availableParallelism() / 2))),
  ...{ mostWaiting: 200, mostOfOne: 25, patienceMs: 10_000 },
};

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

function openBackups(env: Environment, log: Logger): BackupPlace | undefined {
  const { BACKUP_URL: url, BACKUP_SAME_DISK: sameDisk } = env;
  if (url === undefined) return undefined;
  const tell = (error: unknown): void => log.warn({ err: error }, 'The store of backups cannot be read');
  const store = openBackupStore(url, env);
  const days = { keptDays: env.BACKUP_KEPT_DAYS, windowDays: env.BACKUP_WINDOW_DAYS };
  return { url, sameDisk, store, ...days, isArchived: days.windowDays > 0, reader: new BackupReader(store, tell) };
}

/** One API process: everything it stands on, then the server. Several may run beside each other. */
export async function startApi(env: Environment): Promise<RunningApi> {
  const log = createLogger({ name: 'api', level: env.LOG_LEVEL });
  const metrics = createMetrics('api');
  const version = await ownVersion();
  measureBuild({ component: 'api', version });
  const stopTracing = await startTracing({
    ...{ component: 'api', version },
    endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
  });
  const deafen = logFailedOperations(log);
  const stopping = new AbortController();
  const db = createDatabase(env.DATABASE_URL, { log: (message, error) => log.warn({ err: error }, message) });
  const tell = (error: Error): void => log.warn({ err: error }, 'The connection to Redis broke');
  const queues = createQueues({ redisUrl: env.REDIS_URL, onError: tell });
  const events = createEvents({ redisUrl: env.REDIS_URL, onError: tell });
  const jobLogs = createJobLogs({ redisUrl: env.REDIS_URL, onError: tell });
  const redis = await connectCounters(env.REDIS_URL, tell);
  const storage = openNamedStorage(env);
  const backups = openBackups(env, log);
  const copier = openCopier(env, { db, storage, log, stopping: stopping.signal });

  const services: Services = {
    db,
    queues,
    events,
    hub: new EventHub(events),
    jobLogs,
    estimator: new Estimator(db),
    storage,
    log,
    authenticator: new Authenticator({ db, authSecret: env.AUTH_SECRET, publicUrl: env.PUBLIC_URL }),
    throttle: new SignInThrottle(redis),
    passwordTurns: new Turns(PASSWORDS),
    grants: new Grants(env.GRANT_SECRET),
    resting: new Resting(),
    limits: { uploadMaxBytes: env.UPLOAD_MAX_BYTES, historyKeptMs: env.HISTORY_KEPT_SECONDS * 1000 },
    traceUrl: env.TRACE_URL,
    monitoring: {
      prometheus: env.PROMETHEUS_URL,
      alertmanager: env.ALERTMANAGER_URL,
      grafana: env.GRAFANA_URL,
    },
    backups,
    copier,
    stopping: stopping.signal,
  };
  const app = await createServer({
    services,
    redis,
    consoleUrl: env.CONSOLE_URL,
    publicUrl: env.PUBLIC_URL,
    callers: new Callers(env.AUTH_SECRET),
    trustedProxies: env.TRUSTED_PROXIES,
    mediaRedirect: env.MEDIA_REDIRECT,
    timeouts: {
      headersMs: env.HEADERS_TIMEOUT_SECONDS * 1000,
      bodyIdleMs: env.BODY_IDLE_SECONDS * 1000,
      uploadIdleMs: env.UPLOAD_IDLE_SECONDS * 1000,
    },
    connections: { most: env.CONNECTIONS_MAX, mostOfOne: env.CONNECTIONS_MAX_OF_ONE },
  });
  await app.listen({ host: env.HOST, port: env.PORT, backlog: BACKLOG });
  const reconciler = startReconciler({
    databaseUrl: env.DATABASE_URL,
    historyKeptMs: services.limits.historyKeptMs,
    services,
  });
  measureBeforeScrapes(metrics, { services, redis, isElected: () => reconciler.isElected() });
  const ops = await startOpsServer({
    host: env.HOST,
    port: env.METRICS_PORT,
    metrics,
    log,
    health: () => undefined,
    ready: () => readiness(services),
  });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://${env.HOST}:${port}`,
    metricsUrl: `http://${env.HOST}:${ops.port}`,
    async stop() {
      stopping.abort();
      await leave(app.server);
      const cut = setTimeout(() => app.server.closeAllConnections(), STOP_MS);
      await Promise.all([app.close(), reconciler.stop()]);
      await copier?.close();
      clearTimeout(cut);
      redis.disconnect();
      metrics.close();
      deafen();
      await Promise.all([
        ...[ops.close(), queues.close(), events.close(), jobLogs.close()],
        ...[storage.close(), backups?.reader.close(), db.$disconnect()],
      ]);
      await stopTracing();
    },
  };
}
