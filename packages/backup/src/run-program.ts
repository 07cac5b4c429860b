import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough, pipeline, type Readable, type Writable } from 'node:stream';

interface ProgramOptions {
  /** The folder of Postgres' programs. */
  bin: string;
  args: readonly string[];
  /** As of libpq; nothing of our own environment is passed on. */
  env: Readonly<Record<string, string>>;
  signal: AbortSignal | undefined;
}

interface RunningProgram {
  stdin: Writable;
  stdout: Readable;
  /** Rejects with a `ProgramFailure` unless it ends with 0. */
  ended: Promise<void>;
}

/** One of Postgres' programs did not end well; the message has its last word. */
export class ProgramFailure extends Error {
  readonly tail: string;
  /** With which it ended; null where it was killed, or never began. */
  readonly code: number | null;

  constructor(message: string, { tail, code }: { tail: string; code: number | null }) {
    super(message);
    this.name = 'ProgramFailure';
    this.tail = tail;
    this.code = code;
  }
}

const TAIL_BYTES = 8_000;

/** Starts one of Postgres' programs. How it ended counts and not what it has written: whoever reads must wait for both. */
export function runProgram(name: string, { bin, args, env, signal }: ProgramOptions): RunningProgram {
  const child = spawn(join(bin, name), args, {
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  let tail = '';
  child.stderr.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-TAIL_BYTES);
  });
  // Node throws away what was written by a program that ends before anybody has begun to read.
  const stdout = new PassThrough();
  // Whoever reads sees that it broke off, and how it ended tells why.
  pipeline(child.stdout, stdout, () => undefined);
  // Its exit tells the story better than a pipe that it closed.
  child.stdin.on('error', () => child.stdin.destroy());
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error) =>
      reject(new ProgramFailure(`${name} could not be run: ${error.message}`, { tail, code: null })),
    );
    child.once('close', (code, by) => {
      if (code === 0) resolve();
      else
        reject(
          new ProgramFailure(`${name} ended ${by === null ? `with ${code}` : `by ${by}`}${said(tail)}`, { tail, code }),
        );
    });
  });
  // It is awaited later than it may fail.
  ended.catch(() => undefined);
  return { stdin: child.stdin, stdout, ended };
}

/** What a program says of its version, such as `pg_dump (PostgreSQL) 15.14`. */
export async function versionOf(name: string, bin: string): Promise<string> {
  const program = runProgram(name, { bin, args: ['--version'], env: {}, signal: undefined });
  program.stdin.end();
  const chunks = (await program.stdout.toArray()) as Buffer[];
  await program.ended;
  return Buffer.concat(chunks).toString().trim();
}

/** The line that names what was wrong. */
function said(tail: string): string {
  const lines = tail.split('\n').filter((line) => !/^\s*$|hint:/i.test(line));
  const line = lines.findLast((one) => /error|fatal/i.test(one)) ?? lines.at(-1);
  return line === undefined ? '' : `: ${line.trim().replace(/\.$/, '')}`;
}
