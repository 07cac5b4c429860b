import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort } from '@transcode/servers';
import { LoadReport, type Order } from './load.ts';

/** The last of the machine's cores. */
const LOAD_CORE = 1;
const WITH_CHANNEL: StdioOptions = ['ignore', 'inherit', 'inherit', 'ipc'];

/** Asks from a process that is held to one core, so that it takes the others from nobody. */
export class LoadProcess {
  readonly #child = spawn(
    '/usr/bin/taskset',
    ['--cpu-list', String(LOAD_CORE), process.execPath, path.join(import.meta.dirname, 'load.ts')],
    { stdio: WITH_CHANNEL },
  );

  async ask(order: Order): Promise<LoadReport> {
    const answer = once(this.#child, 'message');
    this.#child.send(order);
    const [report]: unknown[] = await answer;
    return LoadReport.parse(report);
  }

  async stop(): Promise<void> {
    await end(this.#child);
  }
}

export interface BareServer {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startBareServer(databaseUrl: string): Promise<BareServer> {
  const port = await freePort();
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'bare-server.ts')], {
    env: { DATABASE_URL: databaseUrl, PORT: String(port) },
    stdio: WITH_CHANNEL,
  });
  await once(child, 'message');
  return { port, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
