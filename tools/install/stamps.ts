import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A stamp says which inputs a finished step was done for. */
export async function hasStamp(file: string, value: string): Promise<boolean> {
  return (await readIfThere(file)) === value;
}

export async function writeStamp(file: string, value: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, value);
  await rename(draft, file);
}

/** One hash over files and whole folders, names and contents; what is missing counts as missing. */
export async function hashOf(root: string, paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesUnder(root, path)) {
      hash.update(`${file}\0`);
      hash.update((await readIfThere(join(root, file))) ?? '\0missing');
      hash.update('\0');
    }
  }
  return hash.digest('hex');
}

const GENERATED = new Set([
  'node_modules',
  '.next',
  '.turbo',
  'generated',
  'test',
  'next-env.d.ts',
  'tsconfig.tsbuildinfo',
]);

async function filesUnder(root: string, path: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, path), { withFileTypes: true });
    const files: string[] = [];
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (GENERATED.has(entry.name)) continue;
      const inside = `${path}/${entry.name}`;
      if (entry.isDirectory()) files.push(...(await filesUnder(root, inside)));
      else files.push(inside);
    }
    return files;
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR' || codeOf(error) === 'ENOENT') return [path];
    throw error;
  }
}

export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
