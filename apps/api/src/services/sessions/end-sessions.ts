import type { Prisma, Transaction } from '@transcode/db';

/** Ends the sessions that still hold; says how many. */
export async function endSessions(tx: Transaction, where: Prisma.SessionWhereInput): Promise<number> {
  const now = new Date();
  const { count } = await tx.session.updateMany({
    where: { ...where, revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now },
  });
  return count;
}
