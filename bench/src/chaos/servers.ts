import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort, startPostgres, startRedis, startS3, type ToolPaths } from '@transcode/servers';
import { ServerUnit } from './server-unit.ts';

export interface Servers {
  readonly postgres: ServerUnit;
  readonly redis: ServerUnit;
  /** Absent where objects are files. */
  readonly s3: ServerUnit | undefined;
  /** What a process of ours has to know of them. */
  readonly env: { readonly DATABASE_URL: string; readonly REDIS_URL: string; readonly STORAGE_URL: string };
  stop(): Promise<void>;
}

/** Postgres, Redis and where objects are. Postgres is durable as in earnest: what was committed before a kill is there after it. */
export async function startServers(tools: ToolPaths, folder: string, kind: 's3' | 'files'): Promise<Servers> {
  const password = randomBytes(12).toString('hex');
  const started: ServerUnit[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
  };
  const unit = async (start: (port: number) => ReturnType<typeof startRedis>): Promise<ServerUnit> => {
    const port = await freePort();
    const server = await ServerUnit.start(() => start(port));
    started.push(server);
    return server;
  };
  try {
    const postgres = await unit((port) =>
      startPostgres({ bin: tools.postgresBin, dataDir: path.join(folder, 'postgres'), password, port }),
    );
    const redis = await unit((port) =>
      startRedis({ bin: tools.redisServer, dataDir: path.join(folder, 'redis'), password, port }),
    );
    const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
    if (kind === 'files') {
      const STORAGE_URL = pathToFileURL(path.join(folder, 'objects')).href;
      return { postgres, redis, s3: undefined, env: { ...env, STORAGE_URL }, stop };
    }
    const { weed } = tools;
    if (weed === undefined) throw new Error('There is no S3 server here: take --storage files.');
    const secrets = { accessKeyId: randomBytes(10).toString('hex'), secretAccessKey: randomBytes(20).toString('hex') };
    const s3 = await unit((port) =>
      startS3({ weed, dataDir: path.join(folder, 's3'), bucket: 'transcode-chaos', ...secrets, port }),
    );
    const s3Env = {
      STORAGE_URL: 's3://transcode-chaos/media',
      S3_ENDPOINT: s3.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: secrets.accessKeyId,
      AWS_SECRET_ACCESS_KEY: secrets.secretAccessKey,
    };
    return { postgres, redis, s3, env: { ...env, ...s3Env }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
