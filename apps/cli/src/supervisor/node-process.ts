import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal, systemCode } from '../refusal.ts';
import type { ServerExit } from '@transcode/servers';
import type { LogFile } from './log-file.ts';
import type { Running } from './service.ts';

export interface NodeProcessOptions {
  name: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  log: LogFile;
  ports: { http?: number; metrics?: number };
  readyUrl: string;
  /** How long it may take to end when asked. */
  stopMs: number;
}

const READY_MS = 60_000;
const POLL_MS = 50;
const TAIL_LINES = 15;
const SETPRIV = '/usr/bin/setpriv';

/** Starts one of our own processes, in a session of its own so that Ctrl-C reaches it through the supervisor alone. */
export function startNodeProcess(options: NodeProcessOptions): Running {
  const [command, args] = dyingWithUs(process.execPath, options.args);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      options.log.append(chunk);
      tail = (tail + chunk.toString()).slice(-8_000);
    });
  }
  let ended = false;
  const exited = new Promise<ServerExit>((resolve) => {
    const finish = (code: number | null, signal: string | null): void => {
      ended = true;
      resolve({ code, signal, tail: tail.trim().split('\n').slice(-TAIL_LINES).join('\n') });
    };
    child.once('error', (error) => {
      tail += error.message;
      finish(null, null);
    });
    child.once('close', finish);
  });
  const kill = (signal: NodeJS.Signals): void => {
    if (!ended && child.pid !== undefined) killGroup(child.pid, signal);
  };
  return {
    pid: child.pid ?? 0,
    ports: options.ports,
    readyUrl: options.readyUrl,
    exited,
    kill,
    untilReady: () => untilReady(options.name, options.readyUrl, exited),
    stop: async () => {
      child.kill('SIGTERM');
      const insist = setTimeout(() => kill('SIGKILL'), options.stopMs);
      await exited;
      clearTimeout(insist);
    },
  };
}

async function untilReady(name: string, url: string, exited: Promise<ServerExit>): Promise<void> {
  let exit: ServerExit | undefined;
  void exited.then((value) => (exit = value));
  let answer = 'it did not answer';
  for (const deadline = Date.now() + READY_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    if (exit !== undefined) throw new Refusal(`${name} ended before it was ready.`, { tail: exit.tail });
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' });
      const text = await response.text();
      if (response.status < 400) return;
      answer = `it answered ${response.status}: ${text.slice(0, 300)}`;
    } catch (error) {
      answer = `it did not answer (${error instanceof Error ? error.message : String(error)})`;
    }
  }
  throw new Refusal(`${name} was not ready within ${READY_MS / 1000} s; ${answer}.`);
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

/** Where util-linux is, the kernel itself ends the child when we are gone, even if we were killed. */
function dyingWithUs(command: string, args: readonly string[]): [command: string, args: readonly string[]] {
  if (process.platform !== 'linux' || !existsSync(SETPRIV)) return [command, args];
  return [SETPRIV, ['--pdeathsig', 'TERM', '--', command, ...args]];
}
