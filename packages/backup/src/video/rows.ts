import { TranscodeError, type TableChange } from '@transcode/contracts';
import type { Client } from 'pg';
import type { Reference } from './closure.ts';

/** Asks a database, by whatever connection or transaction. */
export type Ask = <T extends object>(sql: string, values?: readonly unknown[]) => Promise<T[]>;

export const asking =
  (client: Client): Ask =>
  async <T extends object>(sql: string, values: readonly unknown[] = []) =>
    (await client.query<T>(sql, [...values])).rows;

/** Rows of one table as a backup has them. */
export interface TableRows {
  /** As SQL has it, such as `"Video"`. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  /** Each whole, as Postgres writes it. */
  readonly rows: readonly string[];
}

/**
 * Whoever may see it, and not what it is: what was decided of that since stays. A link that is there stays as it is, and one that somebody
 * has withdrawn does not come back.
 */
const ACCESS = '"ShareLink"';

interface Shape {
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** The rows that `closure` has of some tables, with nothing in them that leads to a row which is not there any more. */
export async function readClosure(
  scratch: Ask,
  living: Ask,
  { tables, references, backup }: { tables: readonly string[]; references: readonly Reference[]; backup: string },
): Promise<TableRows[]> {
  const read: TableRows[] = [];
  for (const table of tables) {
    const shape = await shapeOf(living, table);
    const then = await shapeOf(scratch, table);
    if (shape.columns.toSorted().join() !== then.columns.toSorted().join())
      throw new TranscodeError('backup_unusable', {
        backup,
        reason: `the table ${table} of the database is that of another version. Start this version once, then try again`,
      });
    const outside = references.filter(({ child, parent }) => child === table && !tables.includes(parent));
    const gone = new Map<string | undefined, string[]>();
    for (const reference of outside.filter(({ isOptional }) => isOptional))
      gone.set(reference.columns[0], await goneOf(scratch, living, reference));
    const lost = [...gone.values()];
    const values = shape.columns.map((column) => {
      const place = [...gone.keys()].indexOf(column) + 2;
      return place === 1
        ? `t.${column}`
        : `CASE WHEN t.${column}::text = ANY ($${place}::text[]) THEN NULL ELSE t.${column} END`;
    });
    const rows = await scratch<{ row: string }>(
      `SELECT ROW(${values.join()})::text AS "row" FROM ${table} t
       JOIN closure k ON k."table" = $1::regclass AND k."row" = t.ctid ORDER BY ${listed('t', shape.key)}`,
      [table, ...lost],
    );
    read.push({ table, ...shape, rows: rows.map(({ row }) => row) });
  }
  return read;
}

/** What the rows of the closure refer to and the living database has not got any more, such as users who were erased. */
async function goneOf(scratch: Ask, living: Ask, reference: Reference): Promise<string[]> {
  const { child, columns, parent, parentColumns } = reference;
  const [column, parentColumn] = [columns[0], parentColumns[0]];
  const wanted = await scratch<{ id: string }>(
    `SELECT DISTINCT t.${column}::text AS "id" FROM ${child} t
     JOIN closure k ON k."table" = $1::regclass AND k."row" = t.ctid WHERE t.${column} IS NOT NULL`,
    [child],
  );
  const ids = wanted.map(({ id }) => id);
  const there = await living<{ id: string }>(
    `SELECT ${parentColumn}::text AS "id" FROM ${parent} WHERE ${parentColumn}::text = ANY ($1::text[])`,
    [ids],
  );
  return ids.filter((id) => !there.some((row) => row.id === id));
}

async function shapeOf(ask: Ask, table: string): Promise<Shape> {
  const columns = await ask<{ name: string; place: number | null }>(
    `SELECT quote_ident(a.attname) AS "name", array_position(i.indkey::int2[], a.attnum) AS "place"
     FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
     WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [table],
  );
  const key = columns.filter(({ place }) => place !== null).toSorted((a, b) => Number(a.place) - Number(b.place));
  return { columns: columns.map(({ name }) => name), key: key.map(({ name }) => name) };
}

/** What a restore of these rows would change. */
export async function compareRows(living: Ask, rows: readonly TableRows[]): Promise<TableChange[]> {
  const changes: TableChange[] = [];
  for (const one of rows) {
    const found = await living<{ what: 'added' | 'replaced' | 'same'; rows: number }>(
      `SELECT ${fateOf(one)} AS "what", count(*)::int AS "rows" FROM ${besideThen(one)} GROUP BY 1`,
      [one.rows],
    );
    const count = (what: string): number => found.find((row) => row.what === what)?.rows ?? 0;
    changes.push({ table: one.table, added: count('added'), replaced: count('replaced'), same: count('same') });
  }
  return changes;
}

/** Writes what is not as it was then; what came since stays. */
export async function writeRows(living: Ask, rows: readonly TableRows[]): Promise<void> {
  for (const one of rows) {
    const { table, columns, key } = one;
    const others = columns.filter((column) => !key.includes(column));
    const set = others.map((column) => `${column} = excluded.${column}`).join();
    await living(
      `INSERT INTO ${table} (${columns.join()}) SELECT ${listed('(b.was)', columns)} FROM ${besideThen(one)}
       WHERE ${fateOf(one)} <> 'same' ON CONFLICT (${key.join()}) DO ${set === '' ? 'NOTHING' : `UPDATE SET ${set}`}`,
      [one.rows],
    );
  }
}

/** The rows as they were then, `b.was`, each beside the one of its key as it is now, `t`. */
const besideThen = ({ table, key }: TableRows): string =>
  `(SELECT said::${table} AS "was" FROM unnest($1::text[]) AS said) b
   LEFT JOIN ${table} t ON (${listed('t', key)}) = (${listed('(b.was)', key)})`;

function fateOf({ table, key }: TableRows): string {
  const isNew = `t.${key[0]} IS NULL`;
  if (table !== ACCESS)
    return `CASE WHEN ${isNew} THEN 'added' WHEN t::text = b.was::text THEN 'same' ELSE 'replaced' END`;
  const withdrawn = `EXISTS (SELECT 1 FROM "Audit" a WHERE a."target" = (b.was)."videoId"::text
    AND a."action" = 'share.revoke' AND a."details"->>'share' = (b.was)."id"::text)`;
  return `CASE WHEN ${isNew} AND NOT ${withdrawn} THEN 'added' ELSE 'same' END`;
}

const listed = (of: string, columns: readonly string[]): string =>
  columns.map((column) => `${of}.${column}`).join(', ');
