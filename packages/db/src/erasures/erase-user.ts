import type { Transaction } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { countErased, endErasure } from './count-erased.ts';
import { stripAudit } from './strip-audit.ts';

/** As whom others read of somebody who is not there any more. */
const ERASED = 'an erased user';

/**
 * Removes a person: the account with its sessions, memberships and keys, and whatever the audit log says of them but what they did. What
 * they uploaded is its workspace's and stays. False: there is no such account.
 */
export async function eraseUser(tx: Transaction, userId: string): Promise<boolean> {
  const found = await tx.$queryRaw<{ email: string }[]>`
    SELECT "email" FROM "User" WHERE "id" = ${userId}::uuid FOR UPDATE`;
  const [user] = found;
  if (user === undefined) return false;
  // Also what their keys made: the person behind it is the same.
  const keys = await tx.apiKey.findMany({ where: { createdById: userId }, select: { id: true, name: true } });
  const keyIds = keys.map(({ id }) => id);
  const called = [user.email, ...keys.map(({ name }) => `API key "${name}"`)];
  const counts = [
    await stripAudit(
      tx,
      Prisma.sql`"target" = ANY (${[userId, ...keyIds]}::text[])
        OR ("actorUserId" = ${userId}::uuid AND ("action" LIKE 'auth.%' OR "action" LIKE 'session.%'))`,
    ),
    (await tx.workControl.updateMany({ where: { by: { in: called } }, data: { by: ERASED } })).count,
    (await tx.operation.updateMany({ where: { askedBy: { in: called } }, data: { askedBy: ERASED } })).count,
    (await tx.operation.updateMany({ where: { canceledBy: { in: called } }, data: { canceledBy: ERASED } })).count,
    (await tx.session.deleteMany({ where: { userId } })).count,
    (await tx.membership.deleteMany({ where: { userId } })).count,
    (await tx.apiKey.deleteMany({ where: { id: { in: keyIds } } })).count,
    (await tx.user.deleteMany({ where: { id: userId } })).count,
  ];
  const subject = { kind: 'user', subjectId: userId } as const;
  await countErased(tx, subject, { rows: counts.reduce((sum, count) => sum + count, 0), objects: 0 });
  await endErasure(tx, subject);
  return true;
}
