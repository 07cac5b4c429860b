import { spawn } from 'node:child_process';
import { InstallError } from './install-error.ts';

const TAIL_CHARACTERS = 4_000;

export type Environment = Readonly<Record<string, string | undefined>>;

interface CommandOptions {
  cwd?: string;
  machine: { env: Environment; signal: AbortSignal };
  /** What to say when it fails. */
  failure: string;
}

/** Runs a program to its end and returns what it wrote. A failure carries the last of that. */
export async function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { env, signal } = options.machine;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-TAIL_CHARACTERS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (cause) => {
      if (signal.aborted) reject(cause);
      else reject(new InstallError(`${options.failure} (${cause.message})`, { cause }));
    });
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new InstallError(explained(options.failure, output), { tail: lastLines(output) }));
    });
  });
}

const NETWORK_TROUBLE =
  /ENOTFOUND|EAI_AGAIN|ECONNRE|ETIMEDOUT|ENETUNREACH|Could not resolve|Temporary failure|NewConnectionError|ReadTimeout|Could not connect|Failed to establish|ERR_PNPM_FETCH|ERR_PNPM_META_FETCH|socket hang up/i;

const REASONS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/ENOSPC|No space left/i, 'The disk is full.'],
  [/EROFS|Read-only file system/i, 'The folder is read-only.'],
  [/EACCES|Permission denied/i, 'Some file or folder may not be written.'],
  [NETWORK_TROUBLE, 'The network, or the registry behind it, did not answer.'],
];

function explained(failure: string, output: string): string {
  const reason = REASONS.find(([pattern]) => pattern.test(output))?.[1];
  return reason === undefined ? failure : `${failure} ${reason}`;
}

/** Fetching is tried twice, as networks stumble. */
export async function twice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InstallError) || !NETWORK_TROUBLE.test(error.tail)) throw error;
    return work();
  }
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-12).join('\n');
}
