import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Duplex, Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TranscodeError } from '@transcode/contracts';
import { sandbox, type ChildLimits } from './sandbox.ts';

export interface ChildOptions {
  readonly file: string;
  readonly argv: readonly string[];
  /** Pipes from the child beside stdout and stderr, as its descriptors 3, 4 … */
  readonly pipes?: number;
  readonly cwd?: string;
  /** A file that the child reads as its standard input, at any place of it; `none` keeps that place free. */
  readonly stdin?: { readonly file: string } | 'none';
  /** What else the child reads: the first on its standard input if that is free, the others on the descriptors after `pipes`. */
  readonly inputs?: readonly Readable[];
  readonly limits: ChildLimits;
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
  /**
   * Changes as bytes go through its pipes, but for those of the descriptors named, and as it reads its file: the place in that is this
   * process's as much as the child's, as both hold the same opening of it.
   */
  moved(but: readonly number[]): string;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It was killed as it ran for longer than it may. */
  readonly outOfTime: boolean;
}

/** Nothing of our own environment reaches a process that reads hostile files. */
const ENVIRONMENT = { LC_ALL: 'C', AV_LOG_FORCE_NOCOLOR: '1' };

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Starts a child in a process group of its own and within its limits. On abort the group is killed: nothing that a child of ours does
 * is worth finishing, as what it writes are pipes and scratch. It dies with this process, too.
 */
export function startChild(options: ChildOptions): Child {
  const { pipes = 0, cwd, inputs = [], limits, signal } = options;
  signal.throwIfAborted();
  const isFree = options.stdin === undefined;
  const onStdin = isFree ? inputs.slice(0, 1) : [];
  const onOthers = inputs.slice(onStdin.length);
  const opened = typeof options.stdin === 'object' ? openFile(options.stdin.file) : undefined;
  const child = startOrClose(opened, () =>
    startIn(sandbox().wrap([options.file, ...options.argv], limits, cwd), {
      stdin: opened ?? (onStdin.length > 0 ? 'pipe' : 'ignore'),
      pipes: pipes + onOthers.length,
      cwd,
    }),
  );
  const streams = child.stdio as readonly (Duplex | null)[];
  // A child that dies with input unread resets its pipes, also when everything has been written and nobody listens any more.
  // Whoever reads or writes at that moment hears of it as well, and how the child ended is told by its exit.
  for (const stream of streams) stream?.on('error', () => undefined);
  let isOver = false;
  return {
    pid: child.pid,
    stdout: existing(streams[1]),
    stderr: existing(streams[2]),
    pipes: streams.slice(3, 3 + pipes).map((stream) => kept(existing(stream))),
    exited: exitOf(child, Math.min(limits.seconds * 1000, LONGEST_TIMER_MS), signal).finally(() => {
      if (opened !== undefined) closeSync(opened);
      isOver = true;
    }),
    fed: feedAll(
      [...onStdin, ...onOthers],
      [...(onStdin.length > 0 ? [child.stdin] : []), ...streams.slice(3 + pipes)],
    ),
    moved: (but) =>
      [
        opened === undefined || isOver ? '' : placeIn(opened),
        ...streams.map((stream, descriptor) => (but.includes(descriptor) ? '' : bytesThrough(stream))),
      ].join(' '),
  };
}

/** One that cannot even be begun, such as with too long arguments, leaves nothing open. */
function startOrClose(opened: number | undefined, start: () => ChildProcess): ChildProcess {
  try {
    return start();
  } catch (error) {
    if (opened !== undefined) closeSync(opened);
    throw error;
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw isGone
      ? new TranscodeError('source_unreadable', { reason: 'it is no longer there' }, { cause: error })
      : error;
  }
}

function placeIn(descriptor: number): string {
  return /^pos:\s+(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1] ?? '';
}

function bytesThrough(stream: Duplex | null): number {
  return stream instanceof Socket ? stream.bytesRead + stream.bytesWritten : 0;
}

function startIn(
  [file = '', ...argv]: readonly string[],
  { stdin, pipes, cwd }: { stdin: number | 'pipe' | 'ignore'; pipes: number; cwd: string | undefined },
): ChildProcess {
  return spawn(file, argv, {
    stdio: [stdin, 'pipe', 'pipe', ...Array.from({ length: pipes }, () => 'pipe' as const)],
    env: ENVIRONMENT,
    detached: true,
    ...(cwd === undefined ? {} : { cwd }),
  });
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

function exitOf(child: ChildProcess, mostMs: number, signal: AbortSignal): Promise<ChildExit> {
  return new Promise((resolve, reject) => {
    let outOfTime = false;
    const kill = (): void => killGroup(child);
    const timer = setTimeout(() => {
      outOfTime = true;
      kill();
    }, mostMs);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
    };
    signal.addEventListener('abort', kill, { once: true });
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code, exitSignal) => {
      settle();
      resolve({ code, signal: exitSignal, outOfTime });
    });
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
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
