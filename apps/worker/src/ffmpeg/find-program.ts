import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];

/** The first of these prefixes behind which a program starts, with the path of its own program. */
export function firstThatWorks(
  ...prefixes: readonly (readonly [string, ...string[]])[]
): readonly string[] | undefined {
  for (const [name, ...rest] of prefixes) {
    const file = findProgram(name);
    const nothing = findProgram('true');
    if (file === undefined || nothing === undefined) continue;
    const prefix = [file, ...rest];
    const { status } = spawnSync(file, [...rest, nothing], { stdio: 'ignore', env: {} });
    if (status === 0) return prefix;
  }
  return undefined;
}

export function findProgram(name: string): string | undefined {
  return FOLDERS.map((folder) => path.join(folder, name)).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
