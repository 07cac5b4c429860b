import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from './find-program.ts';

/** What gets through the wall. */
export interface Openings {
  /** Whose program it is, with the libraries that lie beside it. */
  readonly program: string;
  /** Files and folders that it may read besides what every program needs. */
  readonly reads: readonly string[];
  /** Folders in which it may write. */
  readonly writes: readonly string[];
  /** The one port of TCP over IPv4 that it may connect to, no socket at all, or any. */
  readonly network: { readonly port: number } | 'none' | 'any';
}

/** A wall around a child that needs no privilege: `wall.pl`, by Landlock and seccomp. */
export interface Wall {
  /** Whether this kernel's Landlock knows ports (6.7 and newer): before, a child that may connect may connect to anything. */
  readonly knowsPorts: boolean;
  wrap(command: readonly string[], openings: Openings): string[];
}

const PROGRAM = path.join(import.meta.dirname, 'wall.pl');
/** Versions of Landlock: files from 5.13 on, ports from 6.7 on. */
const FILES = 1;
const PORTS = 4;

/** What every program needs to start, and encoders to count processors. */
const SYSTEM_RUN = ['/usr', '/lib', '/lib64', '/bin', '/nix/store', '/gnu/store'];
const SYSTEM_READ = [
  ...['/etc/ld.so.cache', '/proc/self', '/proc/cpuinfo', '/proc/meminfo', '/proc/stat', '/sys/devices/system'],
  ...['/dev/zero', '/dev/random', '/dev/urandom'],
];
const SYSTEM_WRITE = ['/dev/null'];

/** This machine's; undefined where its kernel has no Landlock, or there is no Perl. */
export function findWall(): Wall | undefined {
  const perl = findProgram('perl');
  if (perl === undefined) return undefined;
  const { stdout } = spawnSync(perl, [PROGRAM, '--abi'], { encoding: 'utf8', env: {} });
  const abi = Number(stdout);
  if (!(abi >= FILES)) return undefined;
  const wall: Wall = {
    knowsPorts: abi >= PORTS,
    wrap: (command, openings) => [perl, PROGRAM, ...argvOf(openings), '--', ...command],
  };
  return stands(wall) ? wall : undefined;
}

/** Whether a program starts behind it, and cannot read what it should not. */
function stands(wall: Wall): boolean {
  const cat = findProgram('cat');
  if (cat === undefined) return false;
  const reads = (file: string): boolean => {
    const [name = '', ...argv] = wall.wrap([cat, file], { program: cat, reads: [], writes: [], network: 'none' });
    return spawnSync(name, argv, { stdio: 'ignore', env: {} }).status === 0;
  };
  return reads('/dev/null') && !reads('/etc/passwd');
}

function argvOf({ program, reads, writes, network }: Openings): string[] {
  return [
    ...[...SYSTEM_RUN, ...besides(program)].flatMap((each) => ['--run', each]),
    ...[...SYSTEM_READ, ...reads].flatMap((each) => ['--read', each]),
    ...[...SYSTEM_WRITE, ...writes].flatMap((each) => ['--write', each]),
    ...(network === 'any' ? ['--any-network'] : network === 'none' ? [] : ['--connect', String(network.port)]),
  ];
}

const known = new Map<string, readonly string[]>();

/** The program itself, and what it needs to start; looked for once a process. */
function besides(program: string): readonly string[] {
  const found = known.get(program) ?? withLibraries(program).flatMap((file) => [file, ...namedIn(file)]);
  known.set(program, found);
  return found;
}

/** The folders of libraries beside its own belong to it. */
function withLibraries(program: string): readonly string[] {
  if (!existsSync(program)) return [];
  const real = realpathSync(program);
  const prefix = path.dirname(path.dirname(real));
  return [real, ...['lib', 'lib64'].map((name) => path.join(prefix, name)).filter((folder) => existsSync(folder))];
}

/** A script of whoever runs the worker leads to programs that it names. */
function namedIn(file: string): readonly string[] {
  if (!statSync(file).isFile()) return [];
  const text = readFileSync(file, 'latin1');
  if (!text.startsWith('#!')) return [];
  const names = new Set([...text.matchAll(/\/[^\s'"`;:|&<>()$]+/g)].map(([name]) => name));
  return [...names].filter(isFile).flatMap(withLibraries);
}

const isFile = (name: string): boolean => statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
