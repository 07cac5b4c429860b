import { mkdir, readdir, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { explain, Refusal, systemCode } from '../refusal.ts';

/** Refuses what cannot become the result's folder, before anything is sent: only an empty or new one, that can be written. */
export async function checkOutFolder(out: string): Promise<void> {
  const [first] = (await entriesOf(out)) ?? [];
  if (first !== undefined)
    throw new Refusal(`${out} is not empty. Name an empty or new folder with --out, or remove what is in it.`);
  const draft = draftOf(out);
  await makeFolder(draft);
  await rmdir(draft);
}

/** Where the result is gathered before it gets its name. */
export function draftOf(out: string): string {
  return `${out}.part-${process.pid}`;
}

/** Step by step: Node's own `recursive` never ends where a folder exists and takes no others, as /proc. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || (await isThere(dirname(path)))) throw unwritable(path, cause);
    await makeFolder(dirname(path));
    await makeFolder(path);
  }
}

async function entriesOf(out: string): Promise<string[] | undefined> {
  try {
    return await readdir(out);
  } catch (cause) {
    if (systemCode(cause) === 'ENOTDIR') throw new Refusal(`${out} is a file. Name a folder with --out.`, { cause });
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw unwritable(out, cause);
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function unwritable(path: string, cause: unknown): Refusal {
  const reason = systemCode(cause) === 'ENOSPC' ? ` ${explain(cause)?.sentence ?? ''}` : '';
  return new Refusal(`No folder can be made at ${path}.${reason} Name another with --out.`, { cause });
}
