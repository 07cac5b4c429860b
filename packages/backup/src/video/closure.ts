import { BrokenInvariant } from '@transcode/contracts';
import type { Client } from 'pg';

/** One table refers to another; names are as SQL has them. */
export interface Reference {
  readonly child: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
  /** No two rows refer to the same one: what is referred to belongs to whoever refers. */
  readonly isOwn: boolean;
  /** A row may do without. */
  readonly isOptional: boolean;
}

/** All foreign keys that there are. */
export async function referencesIn(client: Client): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(`
    SELECT c.conrelid::regclass::text AS "child", c.confrelid::regclass::text AS "parent",
      ${names('c.conrelid', 'c.conkey')} AS "columns", ${names('c.confrelid', 'c.confkey')} AS "parentColumns",
      EXISTS (
        SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indisunique AND i.indpred IS NULL
          AND i.indkey::int2[] @> c.conkey AND i.indkey::int2[] <@ c.conkey
      ) AS "isOwn",
      NOT EXISTS (
        SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) AND a.attnotnull
      ) AS "isOptional"
    FROM pg_constraint c WHERE c.contype = 'f' ORDER BY 1, 2, c.conname`);
  return rows;
}

const names = (relation: string, numbers: string): string => `(
  SELECT array_agg(quote_ident(a.attname) ORDER BY k.place) FROM unnest(${numbers}) WITH ORDINALITY AS k(number, place)
  JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.number)`;

/**
 * Finds all rows that hang on one row: those that refer to it or to what hangs on it, and what belongs to them alone. They stand in the
 * temporary table `closure` of this session then. Returns their tables, each after those that it refers to. Nobody may write meanwhile.
 */
export async function markClosure(
  client: Client,
  references: readonly Reference[],
  { table, id }: { table: string; id: string },
): Promise<string[]> {
  await client.query('CREATE TEMPORARY TABLE closure ("table" regclass, "row" tid, PRIMARY KEY ("table", "row"))');
  await client.query(`INSERT INTO closure SELECT $1::regclass, ctid FROM ${table} WHERE "id" = $2`, [table, id]);
  for (let found = 1; found > 0;) {
    found = 0;
    for (const reference of references) found += await follow(client, reference);
  }
  const { rows } = await client.query<{ table: string }>(
    'SELECT DISTINCT "table"::text AS "table" FROM closure ORDER BY 1',
  );
  return parentsFirst(
    rows.map((row) => row.table),
    references,
  );
}

async function follow(client: Client, { child, columns, parent, parentColumns, isOwn }: Reference): Promise<number> {
  const joined = columns.map((column, place) => `c.${column} = p.${parentColumns[place]}`).join(' AND ');
  const grow = async (known: 'c' | 'p', fresh: 'c' | 'p'): Promise<number> => {
    const [from, to] = known === 'p' ? [parent, child] : [child, parent];
    const { rowCount } = await client.query(
      `INSERT INTO closure SELECT $2::regclass, ${fresh}.ctid FROM ${child} c JOIN ${parent} p ON ${joined}
       JOIN closure k ON k."table" = $1::regclass AND k."row" = ${known}.ctid ON CONFLICT DO NOTHING`,
      [from, to],
    );
    return rowCount ?? 0;
  };
  return (await grow('p', 'c')) + (isOwn ? await grow('c', 'p') : 0);
}

function parentsFirst(tables: readonly string[], references: readonly Reference[]): string[] {
  const ordered: string[] = [];
  while (ordered.length < tables.length) {
    const next = tables.filter(
      (table) =>
        !ordered.includes(table) &&
        references.every(
          ({ child, parent }) =>
            child !== table || parent === table || !tables.includes(parent) || ordered.includes(parent),
        ),
    );
    if (next.length === 0) throw new BrokenInvariant(`Tables refer to each other in a circle: ${tables.join(', ')}.`);
    ordered.push(...next);
  }
  return ordered;
}
