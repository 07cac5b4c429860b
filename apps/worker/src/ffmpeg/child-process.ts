import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex, Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { KILL_GRACE_MS } from '@transcode/contracts';

export interface ChildOptions {
  readonly file: string;
  readonly argv: readonly string[];
  /** Pipes from the child beside stdout and stderr, as its descriptors 3, 4 … */
  readonly pipes?: number;
  readonly cwd?: string;
  /** What the child reads: the first on its standard input, the others on the descriptors after `pipes`. */
  readonly inputs?: readonly Readable[];
  readonly signal: AbortSignal;
}

export interface Child {
  readonly pid: number | undefined;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly pipes: readonly Readable[];
  /** Resolves when the process has ended and its pipes are closed, however it ended; rejects only if it could not start. */
  readonly exited: Promise<ChildExit>;
  /** Resolves when the input has been read, or the child wanted no more of it; rejects if the input itself broke. */
  readonly fed: Promise<void>;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Nothing of our own environment reaches a process that reads hostile files. */
const ENVIRONMENT = { LC_ALL: 'C', AV_LOG_FORCE_NOCOLOR: '1' };

/** Starts a child in a process group of its own. On abort the group gets SIGTERM, and SIGKILL if that was not enough. */
export function startChild({ file, argv, pipes = 0, cwd, inputs = [], signal }: ChildOptions): Child {
  signal.throwIfAborted();
  const more = pipes + Math.max(0, inputs.length - 1);
  const child = spawn(file, argv, {
    stdio: [
      inputs.length === 0 ? 'ignore' : 'pipe',
      'pipe',
      'pipe',
      ...Array.from({ length: more }, () => 'pipe' as const),
    ],
    env: ENVIRONMENT,
    detached: true,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const streams = child.stdio as readonly (Duplex | null)[];
  return {
    pid: child.pid,
    stdout: existing(streams[1]),
    stderr: existing(streams[2]),
    pipes: streams.slice(3, 3 + pipes).map((stream) => kept(existing(stream))),
    exited: exitOf(child, signal),
    fed: feedAll(inputs, [child.stdin, ...streams.slice(3 + pipes)]),
  };
}

async function feedAll(inputs: readonly Readable[], ends: readonly (Writable | null | undefined)[]): Promise<void> {
  await Promise.all(
    inputs.map(async (input, position) => {
      const end = ends[position];
      if (end !== null && end !== undefined) await feed(input, end);
    }),
  );
}

async function feed(input: Readable, end: Writable): Promise<void> {
  try {
    await pipeline(input, end);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // A child that has seen enough closes its end.
    if (code !== 'EPIPE' && code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'ECONNRESET') throw error;
  }
}

function exitOf(child: ChildProcess, signal: AbortSignal): Promise<ChildExit> {
  return new Promise((resolve, reject) => {
    let killing: NodeJS.Timeout | undefined;
    const stop = () => {
      signalGroup(child, 'SIGTERM');
      killing = setTimeout(() => signalGroup(child, 'SIGKILL'), KILL_GRACE_MS);
    };
    const settle = () => {
      clearTimeout(killing);
      signal.removeEventListener('abort', stop);
    };
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code, exitSignal) => {
      settle();
      resolve({ code, signal: exitSignal });
    });
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    const alreadyGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!alreadyGone) throw error;
  }
}

/**
 * When a child ends, Node lets run off what nobody has begun to read, and a short output would be lost to a reader that comes a
 * moment later. It leaves alone a stream that somebody listens to in this way; such a stream is read by iterating over it.
 */
function kept(stream: Readable): Readable {
  return stream.on('readable', () => undefined);
}

function existing(stream: Readable | null | undefined): Readable {
  if (stream === null || stream === undefined) throw new TypeError('the child has no such pipe');
  return stream;
}
