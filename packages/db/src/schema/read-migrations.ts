import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Migration {
  /** Its folder's name; they are applied in this order. */
  name: string;
  sql: string;
  /** sha256 of the script, in hexadecimal, as Prisma records it. */
  checksum: string;
}

const FOLDER = join(import.meta.dirname, '../../prisma/migrations');

export async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const script = await readFile(join(FOLDER, name, 'migration.sql'));
      return { name, sql: script.toString('utf8'), checksum: createHash('sha256').update(script).digest('hex') };
    }),
  );
}
