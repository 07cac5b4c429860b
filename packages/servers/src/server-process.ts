import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServerExit {
  code: number | null;
  signal: string | null;
  /** The last lines it wrote. */
  tail: string;
}

export interface RunningServer {
  name: string;
  pid: number;
  port: number;
  url: string;
  exited: Promise<ServerExit>;
  /** Asks it to end, insists when it does not, and resolves when it is gone. */
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** A server that could not be started, in one sentence with its last words. */
export class ServerStartError extends Error {
  readonly tail: string;

  constructor(message: string, options: { tail?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ServerStartError';
    this.tail = options.tail ?? '';
  }
}

export interface LaunchOptions {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  /** Signals that end it, each given so many milliseconds; after the last comes SIGKILL. The first is also sent if we die. */
  ending: readonly (readonly [signal: NodeJS.Signals, ms: number])[];
  env?: Record<string, string>;
  uid?: number;
  gid?: number;
  /** Written to its standard input, which is then closed. */
  input?: string;
  /** File descriptors it inherits as 3, 4, … */
  descriptors?: number[];
  log?: ((line: string) => void) | undefined;
}

export interface LaunchedProcess {
  name: string;
  pid: number;
  exited: Promise<ServerExit>;
  running(): boolean;
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

const TAIL_LINES = 40;
const SETPRIV = '/usr/bin/setpriv';

/** Children still running. Should this process end without having stopped them, they are told at its very last moment. */
const children = new Map<ChildProcess, NodeJS.Signals>();
process.on('exit', () => {
  for (const [child, signal] of children) child.kill(signal);
});

/** Starts a child in a session of its own, so that a Ctrl-C at our terminal reaches it through us alone, in our order. */
export async function launch(options: LaunchOptions): Promise<LaunchedProcess> {
  const lastSignal = options.ending[0]?.[0] ?? 'SIGTERM';
  const stdio: StdioOptions = ['pipe', 'pipe', 'pipe', ...(options.descriptors ?? [])];
  const [command, args] = wrapped(options, lastSignal);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', ...options.env },
    stdio,
    detached: true,
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      options.log?.(line);
    });
  }
  // A child that dies before it has read its input makes the pipe fail; its exit tells the story better.
  child.stdin?.on('error', () => child.stdin?.destroy());
  child.stdin?.end(options.input);

  let running = true;
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('close', (code, signal) => {
      running = false;
      children.delete(child);
      resolve({ code, signal, tail: tail.join('\n') });
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(new ServerStartError(`${options.name} could not be started: ${cause.message}.`, { cause })),
    );
  });
  children.set(child, lastSignal);
  const kill = (signal: NodeJS.Signals): void => {
    if (running) child.kill(signal);
  };
  return {
    name: options.name,
    pid: child.pid ?? 0,
    exited,
    running: () => running,
    kill,
    stop: async () => {
      for (const [signal, ms] of options.ending) {
        kill(signal);
        if (await within(exited, ms)) return;
      }
      kill('SIGKILL');
      await exited;
    },
  };
}

/**
 * What it writes is for its user alone, whatever our umask. Where util-linux is, the kernel itself signals it when we are gone,
 * even if we were killed. Both wrappers replace themselves, so that the pid is the server's.
 */
function wrapped(options: LaunchOptions, signal: NodeJS.Signals): [command: string, args: string[]] {
  const bound = process.platform === 'linux' && existsSync(SETPRIV);
  const prefix = bound ? [SETPRIV, '--pdeathsig', signal.replace('SIG', ''), '--'] : [];
  return ['/bin/sh', ['-c', 'umask 077 && exec "$@"', 'sh', ...prefix, options.command, ...options.args]];
}

async function within(exited: Promise<ServerExit>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      exited.then(() => true),
      sleep(ms, false, { signal: timer.signal, ref: true }).catch(() => false),
    ]);
  } finally {
    timer.abort();
  }
}
