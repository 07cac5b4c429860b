import { lockDataDirectory } from './data-directory-lock.ts';
import { privateDirectory } from './private-directory.ts';
import { redisAnswers } from './redis-answers.ts';
import { runningServer } from './running-server.ts';
import { launch, type RunningServer } from './server-process.ts';
import { untilReady } from './until-ready.ts';
import { withFreePort } from './with-free-port.ts';

export interface RedisOptions {
  /** The `redis-server` executable. */
  bin: string;
  dataDir: string;
  password: string;
  port?: number;
  /** Starts on the `dump.rdb` in its folder and writes nothing down. */
  fromDump?: boolean;
  log?: (line: string) => void;
}

const READY_MS = 60_000;

/** Starts Redis on its data folder, with an append-only file unless it is on a dump, and waits until it has loaded that. */
export async function startRedis(options: RedisOptions): Promise<RunningServer> {
  const dataDir = await privateDirectory(options.dataDir);
  const lock = await lockDataDirectory('Redis', dataDir);
  try {
    return await withFreePort(options.port, async (port) => {
      const server = await launch({
        name: 'Redis',
        command: options.bin,
        // Its configuration comes by standard input: the password is in no argument list and in no file.
        args: ['-'],
        input: configuration(port, options),
        cwd: dataDir,
        ending: [['SIGTERM', 15_000]],
        log: options.log,
      });
      await lock.handTo(server.pid);
      await untilReady(server, () => redisAnswers(port, options.password), READY_MS);
      const url = `redis://:${encodeURIComponent(options.password)}@127.0.0.1:${port}`;
      return runningServer(server, { port, url, lock });
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function configuration(port: number, { password, fromDump = false }: RedisOptions): string {
  const settings: readonly (readonly [string, string])[] = [
    ['bind', '127.0.0.1'],
    ['port', String(port)],
    ['requirepass', quoted(password)],
    ['daemonize', 'no'],
    ['appendonly', fromDump ? 'no' : 'yes'],
    ['appendfsync', 'everysec'],
    ['save', '""'],
    // BullMQ's keys are not a cache.
    ['maxmemory-policy', 'noeviction'],
  ];
  return settings.map((words) => `${words.join(' ')}\n`).join('');
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(/[\r\n]/g, '')}"`;
}
