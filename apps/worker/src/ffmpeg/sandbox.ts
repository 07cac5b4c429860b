import { availableParallelism, totalmem } from 'node:os';
import { CHILD_LIMITS, type Wall } from '@transcode/contracts';
import { firstThatWorks } from './find-program.ts';
import { limitArgv } from './limit-argv.ts';
import { findWall, type Openings } from './wall.ts';

/** What one child may use. */
export interface ChildLimits {
  /** It is ended after so long. */
  readonly seconds: number;
  /** No file that it writes becomes larger; pipes do not count. */
  readonly fileBytes: number;
  /** Nothing, or one port on loopback: in our network, or in one into which a command leads. */
  readonly network: 'none' | { readonly port: number; readonly enter?: readonly string[] | undefined };
  /** Files that it may read by their names. */
  readonly reads?: readonly string[];
}

/** How a process that reads hostile files is fenced in on this machine. */
export interface Sandbox {
  /**
   * A command that starts `command` inside, which may write in `folder`. Each program of it gives its place to the next, so that the process
   * stays the same.
   */
  wrap(command: readonly string[], limits: ChildLimits, folder?: string): string[];
  /** Private memory that a child may have, in bytes. */
  readonly memoryBytes: number;
  /** A command that makes a network with nothing in it, in which the next is root; undefined where that is not allowed. */
  readonly newNetwork: readonly string[] | undefined;
  /** What keeps ffmpeg from the network: a network of its own, Landlock, both, or nothing. */
  readonly walls: readonly Wall[];
  /** What this machine cannot do, in sentences. */
  readonly missing: readonly string[];
}

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
 * Tries what the system's own programs (util-linux) can do here. First a network of its own; then the limits; then `setpriv`, since
 * whatever changes credentials makes the kernel forget what it should do when the parent dies; last the wall, behind which there are no
 * such programs.
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
  const wall = findWall();
  return {
    memoryBytes,
    newNetwork,
    walls: [
      ...(newNetwork === undefined ? [] : ['namespace' as const]),
      ...(wall === undefined ? [] : ['landlock' as const]),
    ],
    missing: [
      ...(newNetwork === undefined && wall?.knowsPorts !== true ? [NETWORK_OPEN] : []),
      ...(wall === undefined ? [FILES_OPEN] : []),
      ...(limited === undefined ? ['ffmpeg has no limits of memory here: prlimit is missing.'] : []),
      ...(tied === undefined ? ['ffmpeg may outlive a killed worker by a moment here: setpriv is missing.'] : []),
    ],
    wrap: (command, limits, folder) => [
      ...((limits.network === 'none' ? newNetwork : limits.network.enter) ?? []),
      ...(expendable ?? []),
      ...(limited === undefined ? [] : [...limited, ...limitArgv({ ...limits, memoryBytes }), '--']),
      ...(tied ?? []),
      ...(wall?.wrap(command, openingsOf(command, limits, folder)) ?? command),
    ],
  };
}

const NETWORK_OPEN =
  'ffmpeg cannot be kept from the network here: new networks are not allowed, and Landlock does not know ports (Linux 6.7).';
const FILES_OPEN =
  'ffmpeg may read what its user can read here: there is no Landlock (Linux 5.13), or no Perl to ask for it.';

function openingsOf(
  [program = '']: readonly string[],
  { network, reads = [] }: ChildLimits,
  folder: string | undefined,
): Openings {
  return { program, reads, writes: folder === undefined ? [] : [folder], network };
}

function defaultMemoryBytes(): number {
  const wanted = CHILD_LIMITS.memoryBytes + CHILD_LIMITS.memoryBytesPerCore * availableParallelism();
  const limit = process.constrainedMemory();
  return Math.min(wanted, totalmem(), limit > 0 ? limit : Infinity);
}
