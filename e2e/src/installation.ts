import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Role } from '@transcode/contracts';
import { freePort } from '@transcode/testing';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A whole Transcode as a person starts it, in a folder and on a port of its own. */
export interface Installation {
  readonly url: string;
  readonly data: string;
  /** The administrator's one-time password, told on the first start. */
  readonly password: string;
  /** Runs `./transcode ARGS… --data DIR`. */
  transcode(...args: string[]): Promise<Answer>;
  /** A new API key. */
  key(role: Role): Promise<string>;
  stop(): Promise<void>;
}

interface HowToRun {
  /** Of `up`, beside those that it would have anyway. */
  readonly options?: readonly string[];
  /** Variables beside those that it would have anyway. */
  readonly settings?: Readonly<Record<string, string>>;
  /** How far all of it steps back for others on this machine, 0 to 19. */
  readonly niceness?: number;
}

export async function startInstallation(how: HowToRun = {}): Promise<Installation> {
  // A space in the path, because people have them.
  const data = await mkdtemp(path.join(tmpdir(), 'transcode e2e '));
  const port = await freePort();
  const transcode = (...args: string[]) => runTranscodeIn(root, [...args, '--data', data], how);
  const up = await transcode('up', '--detach', '--port', String(port), ...(how.options ?? []));
  if (up.code !== 0) throw new Error(`./transcode up failed (${up.code}):\n${up.stdout}\n${up.stderr}`);
  const password = /password:?\s+(\S+)/i.exec(up.stdout)?.[1];
  if (password === undefined) throw new Error(`./transcode up told no one-time password:\n${up.stdout}`);
  return {
    url: `http://127.0.0.1:${port}`,
    data,
    password,
    transcode,
    key: async (role) => {
      const token = await transcode('token', '--role', role);
      const key = token.stdout.trim().split(/\s+/).at(-1);
      if (token.code !== 0 || key === undefined) throw new Error(`./transcode token failed:\n${token.stderr}`);
      return key;
    },
    stop: async () => {
      await transcode('down');
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** A machine that only tests may have less room than one that is in use. */
const ON_ANY_DISK = { DISK_RESERVE_MIB: '512' };

/** Runs the front door to its end; a non-zero exit is an answer, not an error. */
export function runTranscode(...args: string[]): Promise<Answer> {
  return runTranscodeIn(root, args);
}

/** The same from another folder. */
export async function runTranscodeIn(
  cwd: string,
  args: readonly string[],
  { settings = {}, niceness = 0 }: HowToRun = {},
): Promise<Answer> {
  try {
    const variables = Object.entries({ ...ON_ANY_DISK, ...settings }).map(([name, value]) => `${name}=${value}`);
    const argv = ['-n', String(niceness), 'env', ...variables, path.join(root, 'transcode'), ...args];
    const { stdout, stderr } = await run('nice', argv, { cwd, maxBuffer: 64 * 1024 ** 2 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Answer;
    return { code, stdout, stderr };
  }
}
