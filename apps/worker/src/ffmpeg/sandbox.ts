import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import path from 'node:path';
import { CHILD_LIMITS } from '@transcode/contracts';
import { limitArgv } from './limit-argv.ts';

/** What one child may use. */
export interface ChildLimits {
  /** It is ended after so long. */
  readonly seconds: number;
  /** No file that it writes becomes larger; pipes do not count. */
  readonly fileBytes: number;
  /** `none`, where the system can take it away; `ours`; or a command that leads into another. */
  readonly network: 'none' | 'ours' | readonly string[];
}

/** How a process that reads hostile files is fenced in on this machine. */
export interface Sandbox {
  /** A command that starts `command` inside. Each program of it gives its place to the next, so that the process stays the same. */
  wrap(command: readonly string[], limits: ChildLimits): string[];
  /** Private memory that a child may have, in bytes. */
  readonly memoryBytes: number;
  /** A command that makes a network with nothing in it, in which the next is root; undefined where that is not allowed. */
  readonly newNetwork: readonly string[] | undefined;
  /** What this machine cannot do, in sentences. */
  readonly missing: readonly string[];
}

const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];

let found: Sandbox | undefined;

/** This machine's, looked for once a process. */
export function sandbox(): Sandbox {
  return (found ??= findSandbox());
}

/** Looks again, with what an operator configured. */
export function setUpSandbox(configured: { memoryBytes?: number }): Sandbox {
  found = findSandbox(configured);
  return found;
}

/**
 * Tries what the system's own programs (util-linux) can do here. First a network of its own; then the limits; last `setpriv`, since
 * whatever changes credentials makes the kernel forget what it should do when the parent dies.
 */
function findSandbox({ memoryBytes = defaultMemoryBytes() }: { memoryBytes?: number } = {}): Sandbox {
  const newNetwork = firstThatWorks(
    ['unshare', '--net', '--'],
    ['unshare', '--user', '--map-root-user', '--net', '--'],
  );
  const expendable = firstThatWorks(['choom', '-n', '500', '--']);
  const limited = firstThatWorks(['prlimit', '--core=0']);
  const tied = firstThatWorks(
    // Root's child keeps its name, to reach what is root's, but none of its powers.
    ['setpriv', '--pdeathsig', 'KILL', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '--'],
    ['setpriv', '--pdeathsig', 'KILL', '--no-new-privs', '--'],
  );
  return {
    memoryBytes,
    newNetwork,
    missing: [
      ...(newNetwork === undefined
        ? ['ffmpeg cannot be kept from the network here: user namespaces are not allowed.']
        : []),
      ...(limited === undefined ? ['ffmpeg has no limits of memory here: prlimit is missing.'] : []),
      ...(tied === undefined ? ['ffmpeg may outlive a killed worker by a moment here: setpriv is missing.'] : []),
    ],
    wrap: (command, limits) => [
      ...(limits.network === 'none' ? (newNetwork ?? []) : limits.network === 'ours' ? [] : limits.network),
      ...(expendable ?? []),
      ...(limited === undefined ? [] : [...limited, ...limitArgv({ ...limits, memoryBytes }), '--']),
      ...(tied ?? []),
      ...command,
    ],
  };
}

function defaultMemoryBytes(): number {
  const wanted = CHILD_LIMITS.memoryBytes + CHILD_LIMITS.memoryBytesPerCore * availableParallelism();
  const limit = process.constrainedMemory();
  return Math.min(wanted, totalmem(), limit > 0 ? limit : Infinity);
}

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
