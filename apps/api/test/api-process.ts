import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '../src/main.ts');
/** What Node has compiled once it finds again: a start takes half the time. */
const COMPILED = join(import.meta.dirname, '../../../.tools/compile-cache');
const LISTENING = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/;

/** The API as an installation runs it: a process of its own. */
export interface ApiProcess {
  readonly url: string;
  readonly pid: number;
  /** Every line it has written. */
  readonly log: readonly string[];
  /** Sends it a signal and waits until it is gone; returns its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export async function startProcess(env: Readonly<Record<string, string>>): Promise<ApiProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...env, LOG_LEVEL: 'debug', NODE_COMPILE_CACHE: COMPILED },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const log: string[] = [];
  const url = new Promise<string>((resolve, reject) => {
    const read = (line: string): void => {
      log.push(line);
      const [, address] = LISTENING.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    };
    createInterface({ input: child.stdout }).on('line', read);
    createInterface({ input: child.stderr }).on('line', read);
    child.once('exit', () => reject(new Error(`The API ended before it listened:\n${log.join('\n')}`)));
  });
  return {
    url: await url,
    pid: child.pid ?? 0,
    log,
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await exited;
      }
      return child.exitCode;
    },
  };
}
