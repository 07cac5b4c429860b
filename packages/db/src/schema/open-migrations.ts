import { readMigrations } from './read-migrations.ts';

/** Migrations that come after the given one, or all; undefined where we do not know it, as it is a newer version's. */
export async function openMigrations(last: string | undefined): Promise<string[] | undefined> {
  const names = (await readMigrations()).map(({ name }) => name);
  if (last === undefined) return names;
  const at = names.indexOf(last);
  return at < 0 ? undefined : names.slice(at + 1);
}
