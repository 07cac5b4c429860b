import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { BESIDES_SOURCES, isUnread, isUnused, WORKSPACES, type AssembledImage } from './what-runs.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * Copies what an app runs from out of an installed checkout: its workspace, those that it depends on, and their packages, each where it
 * was. `pnpm deploy` would put our workspaces below node_modules, where Node refuses to run TypeScript. Returns the workspaces.
 */
export function assemble(root: string, image: AssembledImage, out: string): string[] {
  const workspaces = new Set<string>();
  const packages = new Set<string>();

  function addWorkspace(folder: string): void {
    if (workspaces.has(folder)) return;
    workspaces.add(folder);
    for (const path of ['package.json', 'src', ...(BESIDES_SOURCES[folder] ?? [])]) {
      copyTree(join(root, folder, path), join(out, folder, path));
    }
    const { dependencies = {} } = readManifest(join(root, folder));
    for (const name of Object.keys(dependencies)) follow(join(folder, 'node_modules', name), true);
  }

  /** A package of the store, and whatever it loads, which pnpm has put beside it. */
  function addPackage(folder: string, name: string): void {
    if (packages.has(folder)) return;
    packages.add(folder);
    copyTree(join(root, folder), join(out, folder));
    const manifest = readManifest(join(root, folder));
    const beside = folder.slice(0, -name.length);
    const needed = Object.keys(manifest.dependencies ?? {});
    const perhaps = Object.keys({ ...manifest.optionalDependencies, ...manifest.peerDependencies });
    for (const other of needed) follow(join(beside, other), true);
    for (const other of perhaps) if (!needed.includes(other)) follow(join(beside, other), false);
  }

  function follow(link: string, isNeeded: boolean): void {
    const name = nameOf(link);
    if (isUnused(name)) return;
    if (!existsSync(join(root, link))) {
      // Optional ones may be for other machines.
      if (isNeeded) throw new Error(`${link} is not installed.`);
      return;
    }
    copyLink(join(root, link), join(out, link));
    const target = relative(root, realpathSync(join(root, link)));
    if (target.startsWith('node_modules/.pnpm/')) addPackage(target, name);
    else addWorkspace(target);
  }

  copyTree(join(root, 'package.json'), join(out, 'package.json'));
  addWorkspace(WORKSPACES[image]);
  return [...workspaces];
}

/** `@scope/name` or `name`, at the end of a path in node_modules. */
const nameOf = (path: string): string => /(?:@[^/]+\/)?[^/]+$/.exec(path)?.[0] ?? path;

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function copyLink(from: string, to: string): void {
  if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) return;
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(readlinkSync(from), to);
}

function copyTree(from: string, to: string): void {
  if (!statSync(from).isDirectory()) {
    mkdirSync(dirname(to), { recursive: true });
    linkOrCopy(from, to);
    return;
  }
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.name === '.bin' || (entry.isFile() && isUnread(join(from, entry.name)))) continue;
    copyTree(join(from, entry.name), join(to, entry.name));
  }
}

/** A second name costs nothing where both are on one disk. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
