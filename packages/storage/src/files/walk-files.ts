import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredObject } from '../storage.ts';
import { isErrno } from './file-errors.ts';

/** Every file below `root` whose key begins with `prefix`, in the order of the keys' bytes, one folder in memory at a time. */
export async function* walkFiles(root: string, prefix: string): AsyncGenerator<StoredObject> {
  const cut = prefix.lastIndexOf('/') + 1;
  yield* walk(root, prefix.slice(0, cut), prefix);
}

async function* walk(root: string, folder: string, prefix: string): AsyncGenerator<StoredObject> {
  for (const name of await namesIn(join(root, folder))) {
    const key = folder + name;
    if (name.endsWith('/')) {
      if (key.startsWith(prefix) || prefix.startsWith(key)) yield* walk(root, key, prefix);
    } else if (key.startsWith(prefix)) {
      const file = await stat(join(root, key)).catch((error: unknown) => {
        if (isErrno(error, 'ENOENT')) return undefined;
        throw error;
      });
      if (file !== undefined) yield { key, bytes: file.size, modified: file.mtime };
    }
  }
}

/** Folders end with a slash, which is also what puts them in their place among the keys. */
async function namesIn(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const names = entries
      .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isFile()))
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    return names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}
