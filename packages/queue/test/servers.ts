import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTools, startRedis, type RunningServer } from '@transcode/servers';

export interface TestRedis {
  url: string;
  /** Ends it the hard way and starts it again on the same data and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
}

export async function testRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'transcode-queue-'));
  const root = join(import.meta.dirname, '..', '..', '..');
  const { redisServer: bin } = await findTools({ root, env: { PATH: '/usr/local/bin:/usr/bin:/bin' } });
  const options = { bin, dataDir: join(folder, 'redis'), password: 'of this test' };
  let server: RunningServer = await startRedis(options);
  const { port, url } = server;
  const start = async (): Promise<void> => {
    server = await startRedis({ ...options, port });
  };
  return {
    url,
    start,
    stop: () => server.stop(),
    restart: async () => {
      server.kill('SIGKILL');
      await server.exited;
      await start();
    },
    dispose: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
