import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrate } from '@transcode/db';
import {
  findTools,
  MissingToolError,
  startPostgres,
  startRedis,
  startS3,
  type RunningServer,
  type ToolPaths,
} from '@transcode/servers';
import { temporaryFolder } from './temporary-folder.ts';

export interface StackOptions {
  /** Start an S3 server too, and let `storageUrl` be a bucket of it. */
  s3?: boolean;
  log?: (line: string) => void;
}

export interface S3Access {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  bucket: string;
}

export interface Stack {
  /** Of a migrated, empty database. */
  databaseUrl: string;
  redisUrl: string;
  /** `file:///…` below `folder`, or `s3://bucket/…`. */
  storageUrl: string;
  s3: S3Access | undefined;
  /** What the processes under test read: DATABASE_URL, REDIS_URL, STORAGE_URL and the S3 credentials. */
  env: Record<string, string>;
  tools: ToolPaths;
  /** A temporary folder that goes with the stack. */
  folder: string;
  postgres: RunningServer;
  redis: RunningServer;
  /** Ends a server, and starts it again on the same data and port once `during` has ended, however it ends. */
  outage(of: 'postgres' | 'redis' | 's3', during: () => Promise<void>): Promise<void>;
  /** Kills Redis and starts it again on the same data and port. */
  restartRedis(): Promise<void>;
  /** The same for S3. Only of a stack that has it. */
  restartS3(): Promise<void>;
  dispose(): Promise<void>;
}

/** The repository's root. */
const ROOT = join(import.meta.dirname, '..', '..', '..');
const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin';

/** Real servers for a test file, on free ports and in a temporary folder: nothing of it outlives `dispose`. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const tools = await findTools({ root: ROOT, env: { PATH: SEARCH_PATH } });
  const temporary = await temporaryFolder('stack');
  const folder = temporary.path;
  const log = options.log === undefined ? {} : { log: options.log };
  const password = randomBytes(12).toString('base64url');
  const redisOptions = { bin: tools.redisServer, dataDir: join(folder, 'redis'), password, ...log };
  const s3Options = options.s3 === true ? newS3Options(tools, folder) : undefined;

  const postgresOptions = {
    bin: tools.postgresBin,
    dataDir: join(folder, 'postgres'),
    password,
    // What a test writes need not survive a power cut.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '32MB' },
    ...log,
  };

  const starting = [
    startPostgres(postgresOptions),
    startRedis(redisOptions),
    ...(s3Options === undefined ? [] : [startS3({ ...s3Options, ...log })]),
  ];
  const servers = new Map<string, RunningServer>();
  const dispose = async (): Promise<void> => {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    await temporary.remove();
  };
  const started = await Promise.allSettled(starting);
  for (const result of started) if (result.status === 'fulfilled') servers.set(result.value.name, result.value);
  try {
    await Promise.all(starting);
    const postgres = running(servers, 'Postgres');
    const redis = running(servers, 'Redis');
    await migrate(postgres.url);
    const s3 = s3Options === undefined ? undefined : accessTo(running(servers, 'SeaweedFS').url, s3Options);
    const storageUrl = s3 === undefined ? pathToFileURL(join(folder, 'media')).href : `s3://${s3.bucket}/media`;
    if (s3 === undefined) await mkdir(join(folder, 'media'));
    const again: Record<Parameters<Stack['outage']>[0], Restart> = {
      postgres: { name: 'Postgres', start: (port) => startPostgres({ ...postgresOptions, port }) },
      redis: { name: 'Redis', start: (port) => startRedis({ ...redisOptions, port }) },
      s3: {
        name: 'SeaweedFS',
        start: (port) => {
          if (s3Options === undefined) throw new Error('This stack has no S3 server.');
          return startS3({ ...s3Options, ...log, port });
        },
      },
    };
    return {
      databaseUrl: postgres.url,
      redisUrl: redis.url,
      storageUrl,
      s3,
      env: environment(postgres.url, redis.url, storageUrl, s3),
      tools,
      folder,
      postgres,
      redis,
      outage: (of, during) => outage(servers, again[of], during),
      restartRedis: () => outage(servers, again.redis),
      restartS3: () => outage(servers, again.s3),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

type NewS3Options = Omit<Parameters<typeof startS3>[0], 'port' | 'log'>;

function newS3Options(tools: ToolPaths, folder: string): NewS3Options {
  const { weed } = tools;
  if (weed === undefined) {
    throw new MissingToolError([{ name: 'weed', hint: 'the S3 server of the tests, fetched by ./transcode test' }]);
  }
  return {
    weed,
    dataDir: join(folder, 's3'),
    accessKeyId: randomBytes(10).toString('hex'),
    secretAccessKey: randomBytes(20).toString('hex'),
    bucket: 'transcode-test',
  };
}

function accessTo(endpoint: string, { accessKeyId, secretAccessKey, bucket }: NewS3Options): S3Access {
  return { endpoint, region: 'us-east-1', accessKeyId, secretAccessKey, bucket };
}

function environment(
  databaseUrl: string,
  redisUrl: string,
  storageUrl: string,
  s3: S3Access | undefined,
): Record<string, string> {
  const storage = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, STORAGE_URL: storageUrl };
  if (s3 === undefined) return storage;
  return {
    ...storage,
    S3_ENDPOINT: s3.endpoint,
    AWS_REGION: s3.region,
    AWS_ACCESS_KEY_ID: s3.accessKeyId,
    AWS_SECRET_ACCESS_KEY: s3.secretAccessKey,
  };
}

function running(servers: ReadonlyMap<string, RunningServer>, name: string): RunningServer {
  const server = servers.get(name);
  if (server === undefined) throw new Error(`${name} is not running.`);
  return server;
}

interface Restart {
  name: string;
  start: (port: number) => Promise<RunningServer>;
}

async function outage(
  servers: Map<string, RunningServer>,
  { name, start }: Restart,
  during: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const old = running(servers, name);
  // Postgres is stopped in order: killed, it would forget what it did not have to make durable for a test.
  if (name === 'Postgres') await old.stop();
  else old.kill('SIGKILL');
  await old.exited;
  try {
    await during();
  } finally {
    servers.set(name, await start(old.port));
  }
}
