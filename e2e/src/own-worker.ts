import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');

interface State {
  readonly children: readonly { name: string; ports: { http?: number } }[];
}

/** One more worker for a running installation, of the classes named: what an operator does who wants a machine for each. */
export async function startOwnWorker(data: string, classes: string): Promise<{ stop(): Promise<void> }> {
  const secrets = JSON.parse(await readFile(path.join(data, 'secrets.json'), 'utf8')) as Record<string, string>;
  const { children } = JSON.parse(await readFile(path.join(data, 'state.json'), 'utf8')) as State;
  const port = (name: string) => children.find((child) => child.name === name)?.ports.http;
  const scratch = await mkdtemp(path.join(tmpdir(), 'own-worker-'));
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: path.join(root, 'apps/worker'),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      DATABASE_URL: `postgresql://postgres:${secrets['postgres']}@127.0.0.1:${port('postgres')}/transcode`,
      REDIS_URL: `redis://:${secrets['redis']}@127.0.0.1:${port('redis')}`,
      STORAGE_URL: pathToFileURL(path.join(data, 'storage')).href,
      METRICS_PORT: '0',
      CLASSES: classes,
      CPU_SLOTS: '2',
      TRANSCODE_FFMPEG: path.join(root, '.tools/bin/ffmpeg'),
      TRANSCODE_FFPROBE: path.join(root, '.tools/bin/ffprobe'),
      SCRATCH_DIR: scratch,
    },
  });
  const exited = once(child, 'exit');
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
