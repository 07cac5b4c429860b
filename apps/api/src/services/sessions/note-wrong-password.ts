import { UNKNOWN_ACCOUNT, type AuditAction } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import { earliestIdAt } from '../lists/earliest-id-at.ts';

const ACTION: AuditAction = 'auth.wrongPassword';
/** Those for one account within this time are one entry, however many they are and wherever they came from. */
const TOGETHER_MS = 3600 * 1000;
/** Further addresses are not written down. */
const ADDRESSES = 5;

interface WrongPassword {
  /** Undefined: there is no such account. What was typed in its place may be a password, and is not written down. */
  readonly account: { readonly id: string; readonly email: string } | undefined;
  readonly address: string;
  /** Who was signed in already. */
  readonly actorUserId?: string;
}

/** Writes down that somebody gave a wrong password. Whoever guesses writes no more than an entry an hour and account. */
export async function noteWrongPassword(db: Database, { account, address, actorUserId }: WrongPassword): Promise<void> {
  const target = account?.id ?? UNKNOWN_ACCOUNT;
  const now = new Date();
  const since = earliestIdAt(now.getTime() - TOGETHER_MS);
  const grouped = await db.$executeRaw`
    UPDATE "Audit" SET "details" = "details" || jsonb_build_object(
      'count', ("details"->>'count')::int + 1,
      'lastAt', ${now.toISOString()}::text,
      'addresses', CASE
        WHEN "details"->'addresses' @> to_jsonb(${address}::text) THEN "details"->'addresses'
        WHEN jsonb_array_length("details"->'addresses') >= ${ADDRESSES} THEN "details"->'addresses'
        ELSE "details"->'addresses' || to_jsonb(${address}::text)
      END
    )
    WHERE "id" = (
      SELECT "id" FROM "Audit"
      WHERE "target" = ${target} AND "action" = ${ACTION} AND "id" > ${since}::uuid
        AND "actorUserId" IS NOT DISTINCT FROM ${actorUserId ?? null}::uuid
      ORDER BY "id" DESC LIMIT 1
    )`;
  if (grouped > 0) return;
  const name = account === undefined ? {} : { name: account.email };
  const details = { ...name, count: 1, addresses: [address], lastAt: now.toISOString() };
  await db.audit.create({ data: { action: ACTION, target, actorUserId: actorUserId ?? null, details } });
}
