import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findApiKeys, type Prisma } from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

const MIGRATION = new URL('../prisma/migrations/20261129090000_key_chains/migration.sql', import.meta.url);

let postgres: RealPostgres;
let workspaceId: string;

beforeAll(async () => {
  postgres = await realPostgres();
  workspaceId = (await postgres.db.workspace.create({ data: { name: 'Home' } })).id;
});
afterAll(() => postgres.stop());

/** A key as it was written before keys knew what made them, and what the log of changes says of it. */
async function oldKey(
  name: string,
  audit?: Pick<Prisma.AuditCreateInput, 'actorKeyId' | 'details'>,
  createdById?: string,
) {
  const secretHash = randomUUID();
  const maker = createdById === undefined ? {} : { createdById };
  const row = await postgres.db.apiKey.create({
    data: { name, prefix: 'tc_', secretHash, role: 'editor', workspaceId, ...maker },
  });
  if (audit !== undefined) await postgres.db.audit.create({ data: { action: 'key.create', target: row.id, ...audit } });
  return row;
}

test('keys from before get their makers from the log of changes; those of which it says nothing open nothing', async () => {
  const { db } = postgres;
  const data = { email: 'a@example.org', name: 'Ada', role: 'editor', passwordHash: 'x' } as const;
  const person = await db.user.create({ data: { ...data, memberships: { create: { workspaceId } } } });
  const mine = await oldKey('mine', {}, person.id);
  const child = await oldKey('child', { actorKeyId: mine.id });
  const grandchild = await oldKey('grandchild', { actorKeyId: child.id });
  const local = await oldKey('local', { details: { local: true } });
  const ofLocal = await oldKey('of local', { actorKeyId: local.id });
  const unknown = await oldKey('unknown');

  const statements = (await readFile(MIGRATION, 'utf8')).split('\n\n');
  for (const update of statements.slice(-3)) await db.$executeRawUnsafe(update);

  const rows = await db.apiKey.findMany({ orderBy: { id: 'asc' } });
  expect(rows.map(({ name, createdById, parentId, local: isLocal }) => [name, createdById, parentId, isLocal])).toEqual(
    [
      ['mine', person.id, null, false],
      ['child', person.id, mine.id, false],
      ['grandchild', person.id, child.id, false],
      ['local', null, null, true],
      ['of local', null, local.id, false],
      ['unknown', null, null, false],
    ],
  );
  const hashes = [mine, child, grandchild, local, ofLocal, unknown].map(({ secretHash }) => secretHash);
  const open = await findApiKeys(db, hashes);
  expect(new Map(open.map(({ id, chain }) => [id, chain]))).toEqual(
    new Map([
      [mine.id, 1],
      [child.id, 2],
      [grandchild.id, 3],
      [local.id, 1],
      [ofLocal.id, 2],
    ]),
  );
});
