import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DRAIN_DEADLINE_MS } from '@transcode/contracts';
import type { Reader } from '@transcode/contracts/settings';
import { freePort, startPostgres, startRedis, type RunningServer, type ToolPaths } from '@transcode/servers';
import { inherited } from './inherited.ts';
import { LogFile } from './log-file.ts';
import { startNodeProcess } from './node-process.ts';
import { ownStorage, type DataFolder } from '../data-folder/data-folder.ts';
import type { Secrets } from '../data-folder/secrets.ts';
import type { InstallationPlan } from './plan.ts';
import type { Running, Service } from './service.ts';

/** All that the services of one installation share. The ports are chosen once, so that a restarted one is found where it was. */
export interface Site {
  root: string;
  env: Readonly<Record<string, string | undefined>>;
  folder: DataFolder;
  tools: ToolPaths;
  secrets: Secrets;
  plan: InstallationPlan;
  ports: Record<'api' | 'console' | 'postgres' | 'redis' | 'prometheus' | 'alertmanager', number>;
  logFailed: (error: unknown) => void;
}

const STOP_MS = 10_000;
/** What was written and could not be archived yet is kept up to here; then Postgres goes on without. */
const WAL_KEPT = '4GB';

export function postgresService(site: Site): Service {
  const log = logOf(site, 'postgres');
  return {
    name: 'postgres',
    start: async () =>
      fromServer(
        await startPostgres({
          bin: site.tools.postgresBin,
          dataDir: site.folder.postgres,
          password: site.secrets.postgres,
          port: site.ports.postgres,
          settings: { max_slot_wal_keep_size: WAL_KEPT },
          log: (line) => log.append(`${line}\n`),
        }),
      ),
  };
}

export function redisService(site: Site): Service {
  const log = logOf(site, 'redis');
  return {
    name: 'redis',
    start: async () =>
      fromServer(
        await startRedis({
          bin: site.tools.redisServer,
          dataDir: site.folder.redis,
          password: site.secrets.redis,
          port: site.ports.redis,
          log: (line) => log.append(`${line}\n`),
        }),
      ),
  };
}

export function apiService(site: Site): Service {
  const log = logOf(site, 'api');
  const { host, withConsole } = site.plan;
  return {
    name: 'api',
    start: async () => {
      const metrics = await freePort();
      return startNodeProcess({
        name: 'api',
        args: ['src/main.ts'],
        cwd: join(site.root, 'apps/api'),
        env: {
          ...common(site, 'api', metrics),
          HOST: host,
          PORT: String(site.ports.api),
          CONSOLE_URL: withConsole ? `http://127.0.0.1:${site.ports.console}` : '',
          AUTH_SECRET: site.secrets.auth,
          GRANT_SECRET: site.secrets.grant,
          ...monitoringOf(site),
          ...backupsOf(site),
        },
        log,
        ports: { http: site.ports.api, metrics },
        readyUrl: `${loopbackUrl(host, site.ports.api)}/ready`,
        stopMs: STOP_MS,
      });
    },
  };
}

export function workerService(site: Site, number: number): Service {
  const name = `worker-${number}`;
  const log = logOf(site, name);
  return {
    name,
    start: async () => {
      const metrics = await freePort();
      await mkdir(site.folder.scratch, { recursive: true, mode: 0o700 });
      return startNodeProcess({
        name,
        args: ['src/main.ts'],
        cwd: join(site.root, 'apps/worker'),
        env: {
          ...common(site, 'worker', metrics),
          WORKER_ID: name,
          TRANSCODE_FFMPEG: site.tools.ffmpeg,
          TRANSCODE_FFPROBE: site.tools.ffprobe,
          SCRATCH_DIR: site.folder.scratch,
        },
        log,
        ports: { metrics },
        readyUrl: `http://127.0.0.1:${metrics}/ready`,
        stopMs: DRAIN_DEADLINE_MS + STOP_MS,
      });
    },
  };
}

export function consoleService(site: Site): Service {
  const log = logOf(site, 'console');
  const port = site.ports.console;
  const cwd = join(site.root, 'apps/console');
  return {
    name: 'console',
    start: async () =>
      startNodeProcess({
        name: 'console',
        args: [
          createRequire(join(cwd, 'package.json')).resolve('next/dist/bin/next'),
          'start',
          '-H',
          '127.0.0.1',
          '-p',
          String(port),
        ],
        cwd,
        env: {
          ...inherited(site.env, 'console'),
          NODE_ENV: 'production',
          NEXT_TELEMETRY_DISABLED: '1',
          API_URL: loopbackUrl(site.plan.host, site.ports.api),
          MEDIA_ORIGINS: mediaOrigins(site),
          NEXTAUTH_SECRET: site.secrets.auth,
          ...originOf(site),
          HOST: '127.0.0.1',
          PORT: String(port),
        },
        log,
        ports: { http: port },
        readyUrl: `http://127.0.0.1:${port}/sign-in`,
        stopMs: STOP_MS,
      }),
  };
}

/** Our own, where they run; else those that the environment names. */
function monitoringOf({ plan, ports }: Site): Record<string, string> {
  if (plan.monitoring === undefined) return {};
  return {
    PROMETHEUS_URL: `http://127.0.0.1:${ports.prometheus}`,
    ALERTMANAGER_URL: `http://127.0.0.1:${ports.alertmanager}`,
  };
}

/** Where `./transcode backup` puts them. */
function backupsOf({ env, folder }: Site): Record<string, string> {
  if ((env['BACKUP_URL'] ?? '') !== '') return {};
  return { BACKUP_URL: pathToFileURL(folder.backups).href, BACKUP_SAME_DISK: 'true' };
}

/** Where next-auth leads people: where they come, as is set, or else as they came. */
function originOf({ env, plan, ports }: Site): Record<string, string> {
  const { PUBLIC_URL: origin = '' } = env;
  if (origin !== '') return { NEXTAUTH_URL: origin };
  return { NEXTAUTH_URL: publicUrl(plan.host, ports.api), AUTH_TRUST_HOST: 'true' };
}

/** Where a page has to be allowed to fetch segments from, if the API sends it there. */
function mediaOrigins({ env }: Site): string {
  if (env['MEDIA_REDIRECT'] !== 'true') return '';
  const endpoint = env['S3_ENDPOINT'] ?? '';
  return endpoint === '' ? 'https://*.amazonaws.com' : new URL(endpoint).origin;
}

export function databaseUrl(site: Pick<Site, 'secrets'>, port: number): string {
  return `postgresql://postgres:${site.secrets.postgres}@127.0.0.1:${port}/transcode`;
}

export function redisUrl(site: Pick<Site, 'secrets'>, port: number): string {
  return `redis://:${site.secrets.redis}@127.0.0.1:${port}`;
}

/** What a person opens. */
export function publicUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
}

/** How the processes beside it reach it. */
function loopbackUrl(host: string, port: number): string {
  return publicUrl(host === '::' ? '::1' : host, port);
}

function common(site: Site, reader: Reader, metricsPort: number): Record<string, string | undefined> {
  return {
    ...inherited(site.env, reader),
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl(site, site.ports.postgres),
    REDIS_URL: redisUrl(site, site.ports.redis),
    STORAGE_URL: site.plan.storage ?? ownStorage(site.folder),
    HOST: '127.0.0.1',
    METRICS_PORT: String(metricsPort),
  };
}

export const logOf = (site: Site, name: string): LogFile =>
  new LogFile(join(site.folder.logs, `${name}.log`), site.logFailed);

/** A database server is ready when its start resolves. */
export function fromServer(server: RunningServer): Running {
  return {
    pid: server.pid,
    ports: { http: server.port },
    exited: server.exited,
    untilReady: () => Promise.resolve(),
    stop: () => server.stop(),
    kill: (signal) => server.kill(signal),
  };
}
