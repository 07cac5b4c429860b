import type { Transaction } from '../database.ts';
import { Prisma } from '../generated/client.ts';

/** What entries of the audit log call things and people by, and where people were. */
const PERSONAL = ['name', 'title', 'fileName', 'email', 'address', 'addresses', 'userAgent'];

/** Takes names, titles and addresses out of entries: who did what, and when, stays. Says how many entries had any. */
export function stripAudit(tx: Transaction, where: Prisma.Sql): Promise<number> {
  const kept = (values: Prisma.Sql): Prisma.Sql => Prisma.sql`CASE
    WHEN jsonb_typeof(${values}) = 'object' THEN (${values}) - ${PERSONAL}::text[] ELSE 'null'::jsonb END`;
  const before = Prisma.sql`"details"->'before'`;
  const after = Prisma.sql`"details"->'after'`;
  return tx.$executeRaw`
    UPDATE "Audit" SET "details" = ("details" - ${PERSONAL}::text[])
      || CASE WHEN "details" ? 'before' THEN jsonb_build_object('before', ${kept(before)}) ELSE '{}'::jsonb END
      || CASE WHEN "details" ? 'after' THEN jsonb_build_object('after', ${kept(after)}) ELSE '{}'::jsonb END
    WHERE (${where}) AND (
      "details" ?| ${PERSONAL}::text[]
      OR CASE WHEN jsonb_typeof(${before}) = 'object' THEN (${before}) ?| ${PERSONAL}::text[] ELSE false END
      OR CASE WHEN jsonb_typeof(${after}) = 'object' THEN (${after}) ?| ${PERSONAL}::text[] ELSE false END
    )`;
}

/** Leaves nothing of the entries of a workspace but who did what, and when. */
export function emptyAudit(tx: Transaction, workspaceId: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE "Audit" SET "details" = CASE WHEN "details" @> '{"local":true}' THEN '{"local":true}'::jsonb ELSE '{}'::jsonb END,
      "target" = CASE WHEN "action" LIKE 'preset.%' THEN 'a preset' ELSE "target" END
    WHERE ("workspaceId" = ${workspaceId}::uuid OR "target" = ${workspaceId})
      AND ("details" NOT IN ('{}', '{"local":true}') OR ("action" LIKE 'preset.%' AND "target" <> 'a preset'))`;
}
