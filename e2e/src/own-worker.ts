import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { databaseUrlOf } from './database-url.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface State {
  readonly children: readonly { name: string; ports: { http?: number } }[];
}

export interface OwnWorker {
  readonly pid: number;
  readonly scratch: string;
  stop(): Promise<void>;
}

/**
 * One more worker for a running installation, of the classes named: what an operator does who wants a machine for each. `trace`:
 * a file that gets every opening of a file, connection and start of a program, of it and its children. `log`: what it says.
 * `env`: settings of its own.
 */
export async function startOwnWorker(
  data: string,
  classes: string,
  { trace, log, env = {} }: { trace?: string; log?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<OwnWorker> {
  const secrets = JSON.parse(await readFile(path.join(data, 'secrets.json'), 'utf8')) as Record<string, string>;
  const { children } = JSON.parse(await readFile(path.join(data, 'state.json'), 'utf8')) as State;
  const port = (name: string) => children.find((child) => child.name === name)?.ports.http;
  const scratch = await mkdtemp(path.join(tmpdir(), 'own-worker-'));
  const output = log === undefined ? undefined : await open(log, 'a');
  const [program, argv] =
    trace === undefined ? [process.execPath, []] : ['strace', [...traced(trace), process.execPath]];
  const child = spawn(program, [...argv, 'src/main.ts'], {
    cwd: path.join(root, 'apps/worker'),
    stdio: ['ignore', output?.fd ?? 'ignore', output?.fd ?? 'inherit'],
    env: {
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: path.join(root, '.tools/compile-cache'),
      // Whoever asks it for its inspector gets a port that is free.
      NODE_OPTIONS: '--inspect-port=127.0.0.1:0',
      LOG_LEVEL: log === undefined ? 'warn' : 'debug',
      DATABASE_URL: await databaseUrlOf(data),
      REDIS_URL: `redis://:${secrets['redis']}@127.0.0.1:${port('redis')}`,
      STORAGE_URL: pathToFileURL(path.join(data, 'storage')).href,
      METRICS_PORT: '0',
      CLASSES: classes,
      CPU_SLOTS: '2',
      TRANSCODE_FFMPEG: path.join(root, '.tools/bin/ffmpeg'),
      TRANSCODE_FFPROBE: path.join(root, '.tools/bin/ffprobe'),
      SCRATCH_DIR: scratch,
      ...env,
    },
  });
  const exited = once(child, 'exit');
  await output?.close();
  return {
    pid: child.pid ?? 0,
    scratch,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** The tracer steps aside (`-D`), so that the process that is started is the worker. */
function traced(file: string): string[] {
  const calls = 'trace=open,openat,openat2,connect,sendto,sendmsg,execve';
  return ['-D', '-f', '-qq', '--seccomp-bpf', '-s', '300', '-e', calls, '-e', 'signal=none', '-o', file];
}
