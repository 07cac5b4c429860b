import type { Client } from 'pg';
import type { Survey } from './manifest.ts';

type Shape = Omit<Survey, 'tables'>;

/** Ours, and not what comes with Postgres or with one of its extensions. */
const OURS = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%' AND n.nspname NOT LIKE 'pg_temp%'
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`;
const NAME = `format('%I.%I', n.nspname, c.relname)`;

/**
 * All that is not rows. Sequences know no transactions: asked before a dump begins, a copy made of it has given at least as many.
 */
export async function surveyShape(client: Client): Promise<Shape> {
  const { rows: sequences } = await client.query<{ name: string; last: string }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, coalesce(last_value, 0)::text AS last FROM pg_sequences ORDER BY 1`,
  );
  const { rows: extensions } = await client.query<{ name: string }>(
    'SELECT extname AS name FROM pg_extension ORDER BY 1',
  );
  const { rows: counts } = await client.query<Omit<Shape, 'sequences' | 'extensions'>>(`
    SELECT
      (SELECT count(*)::int FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE ${OURS}) AS "constraints",
      (SELECT count(*)::int FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE ${OURS} AND NOT o.convalidated) AS "unchecked",
      (SELECT count(*)::int FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE ${OURS} AND i.indisvalid) AS "indexes",
      (SELECT count(*)::int FROM pg_largeobject_metadata) AS "largeObjects"`);
  const [counted] = counts;
  if (counted === undefined) throw new Error('Postgres counted nothing.');
  return {
    ...counted,
    sequences: Object.fromEntries(sequences.map(({ name, last }) => [name, last])),
    extensions: extensions.map(({ name }) => name),
  };
}

/** How many rows each table has and what is in them; reads all of them. */
export async function surveyTables(client: Client): Promise<Survey['tables']> {
  const tables: Survey['tables'] = {};
  for (const name of await tableNames(client)) {
    const { rows: found } = await client.query<{ rows: string; digest: string }>(
      `SELECT count(*)::text AS rows, coalesce(sum(('x' || left(md5(whole::text), 15))::bit(60)::bigint), 0)::text AS digest
       FROM ONLY ${name} whole`,
    );
    tables[name] = { rows: Number(found[0]?.rows), digest: found[0]?.digest ?? '' };
  }
  return tables;
}

export async function tableNames(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT ${NAME} AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND ${OURS} ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

export async function survey(client: Client): Promise<Survey> {
  return { ...(await surveyShape(client)), tables: await surveyTables(client) };
}

/** What a copy lacks of what it was made of, in words; nothing where it is the same. */
export function differences(expected: Survey, found: Survey): string[] {
  const told: string[] = [];
  for (const name of new Set([...Object.keys(expected.tables), ...Object.keys(found.tables)])) {
    const [then, now] = [expected.tables[name], found.tables[name]];
    if (then === undefined) told.push(`there is a table ${name} that should not be there`);
    else if (now === undefined) told.push(`the table ${name} is missing`);
    else if (now.rows !== then.rows) told.push(`${name} has ${now.rows} rows and should have ${then.rows}`);
    else if (now.digest !== then.digest) told.push(`the rows of ${name} are not what they were`);
  }
  for (const [name, last] of Object.entries(expected.sequences)) {
    const now = found.sequences[name];
    if (now === undefined) told.push(`the sequence ${name} is missing`);
    else if (BigInt(now) < BigInt(last)) told.push(`the sequence ${name} is at ${now} and was at ${last}`);
  }
  for (const name of expected.extensions)
    if (!found.extensions.includes(name)) told.push(`the extension ${name} is missing`);
  for (const what of ['constraints', 'unchecked', 'indexes', 'largeObjects'] as const)
    if (found[what] !== expected[what])
      told.push(`it has ${found[what]} ${WORDS[what]} and should have ${expected[what]}`);
  return told;
}

const WORDS = {
  constraints: 'constraints',
  unchecked: 'unchecked constraints',
  indexes: 'indexes',
  largeObjects: 'large objects',
};
