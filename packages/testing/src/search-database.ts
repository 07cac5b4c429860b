import { createDatabase } from '@transcode/db';

/** Which tables have a row that says one of these anywhere, in whatever column: `Audit: Harbour`. Reads all of them. */
export async function searchDatabase(url: string, marks: readonly string[]): Promise<string[]> {
  const db = createDatabase(url, { poolSize: 1 });
  try {
    const tables = await db.$queryRaw<{ name: string }[]>`
      SELECT c."relname" AS "name" FROM pg_class c JOIN pg_namespace n ON n."oid" = c."relnamespace"
      WHERE c."relkind" = 'r' AND n."nspname" = 'public' ORDER BY 1`;
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await db.$queryRawUnsafe<{ mark: string }[]>(
        `SELECT DISTINCT m.mark FROM "${name}" whole, unnest($1::text[]) AS m(mark) WHERE strpos(whole::text, m.mark) > 0`,
        [...marks],
      );
      found.push(...rows.map(({ mark }) => `${name}: ${mark}`));
    }
    return found;
  } finally {
    await db.$disconnect();
  }
}
