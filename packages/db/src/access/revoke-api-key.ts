import type { Transaction } from '../database.ts';

/** Revokes a key and those that were made with it, and with those; says how many that were. */
export function revokeApiKey(tx: Transaction, id: string): Promise<number> {
  return tx.$executeRaw`
    WITH RECURSIVE made AS (
      SELECT ${id}::uuid AS "id"
      UNION
      SELECT k."id" FROM "ApiKey" k JOIN made ON k."parentId" = made."id"
    )
    UPDATE "ApiKey" k SET "revokedAt" = now() FROM made WHERE k."id" = made."id" AND k."revokedAt" IS NULL`;
}
