import { TranscodeError } from '@transcode/contracts';
import type { Transaction } from '@transcode/db';

/**
 * Refuses what would leave nobody who may administer. The administrators' rows are locked, so that of two who take the role from
 * each other at the same moment one is refused.
 */
export async function keepAnAdmin(tx: Transaction, without: string): Promise<void> {
  const admins = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "User" WHERE "role" = 'admin' AND "disabledAt" IS NULL ORDER BY "id" FOR UPDATE`;
  const loses = admins.some(({ id }) => id === without);
  if (!loses || admins.length > 1) return;
  throw new TranscodeError('conflict', {
    reason: 'This is the only administrator who can sign in. Make somebody else one first',
  });
}
