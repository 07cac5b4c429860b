import { access, constants, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Environment } from './run-command.ts';

/** The folders and the environment that every step works with. */
export interface Machine {
  root: string;
  tools: string;
  /** PATH begins with our own Node and pnpm. */
  env: Environment;
  /** Aborted when the person has had enough. */
  signal: AbortSignal;
}

export function machineAt(root: string, env: Environment, signal: AbortSignal): Machine {
  const tools = join(root, '.tools');
  const first = [dirname(process.execPath), join(tools, 'node_modules/.bin')];
  return {
    root,
    tools,
    signal,
    env: { ...env, PATH: [...first, env['PATH'] ?? ''].join(':'), CI: 'true', NEXT_TELEMETRY_DISABLED: '1' },
  };
}

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

export async function onPath(name: string, env: Environment): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(':')) {
    const path = join(folder, name);
    if (folder !== '' && (await isExecutable(path))) return path;
  }
  return undefined;
}

/** Debian keeps each major version of Postgres in a folder of its own, off the PATH. */
export async function findPostgres(env: Environment): Promise<string | undefined> {
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  for (const version of versions.toSorted((a, b) => Number(b) - Number(a))) {
    const path = join('/usr/lib/postgresql', version, 'bin/postgres');
    if (await isExecutable(path)) return path;
  }
  return onPath('postgres', env);
}
