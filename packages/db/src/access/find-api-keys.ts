import type { KeyReach, Role } from '@transcode/contracts';
import type { Database, Transaction } from '../database.ts';

/** Keys that make keys: so many, one after the other, and no more. */
export const KEY_CHAIN_MAX = 8;

/** A key that holds, with what it opens at this moment. */
export interface OpenKey {
  readonly id: string;
  readonly secretHash: string;
  readonly workspaceId: string;
  readonly lastUsedAt: Date | null;
  readonly role: Role;
  readonly reach: KeyReach;
  /** Keys from it to the first, itself among them. */
  readonly chain: number;
}

/**
 * The keys with these hashes that hold. Each opens what every key before it and the person behind it open, and no more: none holds
 * whose maker was revoked, has expired, was shut out or has left its workspace; roles are the least of all, and only an administrator's
 * key reaches all workspaces.
 */
export function findApiKeys(db: Database | Transaction, secretHashes: readonly string[]): Promise<OpenKey[]> {
  return db.$queryRaw<OpenKey[]>`
    WITH RECURSIVE chain AS (
      SELECT k."id" AS "keyId", k."workspaceId" AS "home", 1 AS "place",
        k."id", k."role", k."reach", k."workspaceId", k."createdById", k."parentId", k."local", k."expiresAt", k."revokedAt"
      FROM "ApiKey" k WHERE k."secretHash" = ANY (${[...secretHashes]}::text[])
      UNION ALL
      SELECT c."keyId", c."home", c."place" + 1,
        p."id", p."role", p."reach", p."workspaceId", p."createdById", p."parentId", p."local", p."expiresAt", p."revokedAt"
      FROM chain c JOIN "ApiKey" p ON p."id" = c."parentId" WHERE c."place" < ${KEY_CHAIN_MAX}
    ), link AS (
      SELECT c."keyId", c."parentId", c."workspaceId" = c."home" AS "atHome", LEAST(c."role", u."role") AS "role",
        CASE WHEN u."role" <> 'admin' THEN 'workspace' ELSE c."reach" END AS "reach",
        c."revokedAt" IS NULL AND (c."expiresAt" IS NULL OR c."expiresAt" > now()) AND CASE
          WHEN u."id" IS NULL THEN c."local" OR c."parentId" IS NOT NULL
          ELSE u."disabledAt" IS NULL AND (u."role" >= 'operator' OR EXISTS (
            SELECT 1 FROM "Membership" m WHERE m."userId" = u."id" AND m."workspaceId" = c."workspaceId"
          ))
        END AS "holds"
      FROM chain c LEFT JOIN "User" u ON u."id" = c."createdById"
    ), opened AS (
      SELECT "keyId", min("role") AS "role", min("reach") AS "reach", count(*)::int AS "chain"
      FROM link GROUP BY "keyId"
      HAVING bool_and("holds" AND ("atHome" OR "reach" = 'all')) AND bool_or("parentId" IS NULL)
    )
    SELECT k."id", k."secretHash", k."workspaceId", k."lastUsedAt", o."role", o."reach", o."chain"
    FROM opened o JOIN "ApiKey" k ON k."id" = o."keyId"`;
}
