import { DatabaseError } from 'pg';
import { poolOf, type Database } from './database.ts';
import type { Prisma } from './generated/client.ts';

/** As Prisma's driver tells of what it could not do: what asks whether the database is away need not know who asked it. */
class DriverAdapterError extends Error {
  override readonly name = 'DriverAdapterError';
  override readonly cause: { readonly kind: string; readonly code?: string };

  constructor(error: Error & { readonly code: string }) {
    super(error.message);
    // What Postgres itself says; all else that has a code is the system's, and happened on the way to it.
    this.cause = error instanceof DatabaseError ? { kind: 'postgres', code: error.code } : { kind: 'ConnectionClosed' };
  }
}

const names = new Map<string, string>();

/**
 * Rows as node-postgres makes them, over the connections that Prisma has: for what is asked so often that Prisma's own work, some three
 * times as much, is felt. A prepared statement is planned once on each connection: for one that is best done the same way whatever its
 * values are, and of which there are few texts.
 */
export async function readRows<T extends object>(
  db: Database,
  { text, values }: Prisma.Sql,
  { prepared = false } = {},
): Promise<T[]> {
  try {
    const { rows } = await poolOf(db).query<T>({ ...(prepared ? { name: nameOf(text) } : {}), text, values });
    return rows;
  } catch (error) {
    throw hasCode(error) ? new DriverAdapterError(error) : error;
  }
}

function hasCode(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function nameOf(text: string): string {
  const name = names.get(text) ?? `rows_${names.size}`;
  names.set(text, name);
  return name;
}
