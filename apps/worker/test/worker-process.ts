import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Stack } from '@transcode/testing';
import * as z from 'zod';

const MAIN = path.join(import.meta.dirname, '../src/main.ts');
/** What Node has compiled once it finds again: a start takes half the time. */
const COMPILED = path.join(import.meta.dirname, '../../../.tools/compile-cache');
const Line = z.looseObject({ msg: z.string() });

/** A worker as an installation runs it: a process of its own. */
export interface WorkerProcess {
  readonly id: string;
  readonly pid: number;
  readonly scratch: string;
  /** What it has said so far. */
  readonly said: readonly string[];
  signal(name: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
}

interface WorkerProcessOptions {
  readonly classes?: string;
  readonly ffmpeg?: string;
  readonly nvidiaSmi?: string;
  /** The pod that it takes itself for. */
  readonly pod?: string;
  /** Do not wait until it takes tasks. */
  readonly early?: boolean;
}

const running = new Set<ChildProcess>();

/** Ends what a test has left running, however it went. */
export async function killWorkerProcesses(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }),
  );
}

export async function startWorkerProcess(
  { env, tools, folder }: Stack,
  {
    classes = 'cpu,light',
    ffmpeg = tools.ffmpeg,
    nvidiaSmi = 'no-such-nvidia-smi',
    pod = '',
    early = false,
  }: WorkerProcessOptions = {},
): Promise<WorkerProcess> {
  const id = `worker-${crypto.randomUUID()}`;
  const scratch = path.join(await mkdtemp(path.join(folder, 'worker-')), 'scratch');
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...env,
      ...{ WORKER_ID: id, CLASSES: classes, SCRATCH_DIR: scratch, METRICS_PORT: '0', LOG_LEVEL: 'info' },
      ...{ TRANSCODE_FFMPEG: ffmpeg, TRANSCODE_FFPROBE: tools.ffprobe },
      ...{ TRANSCODE_NVIDIA_SMI: nvidiaSmi, KUBERNETES_POD: pod, NODE_COMPILE_CACHE: COMPILED },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const said: string[] = [];
  const exited = once(child, 'exit').then(([code, signal]: (number | NodeJS.Signals)[]) => code ?? signal ?? 'SIGKILL');
  const takes = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(Line.parse(JSON.parse(line)).msg);
      if (said.at(-1) === 'The worker takes tasks') resolve();
    });
    exited.then(
      (how) => reject(new Error(`The worker ended with ${how}:\n${said.join('\n')}`)),
      (error: unknown) => reject(error),
    );
  });
  // Who does not wait for it may see it end first.
  if (early) takes.catch(() => undefined);
  else await takes;
  return { id, pid: child.pid ?? 0, scratch, said, signal: (name) => child.kill(name), exited };
}
