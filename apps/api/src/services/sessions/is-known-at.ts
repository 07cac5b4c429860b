import type { Database } from '@transcode/db';
import { networkOf } from '../../http/callers.ts';

/** For so long an address is remembered after somebody signed in from there. */
const REMEMBERED_MS = 90 * 24 * 3600 * 1000;
const MOST_SIGN_INS = 200;

/** Whether somebody has signed in to an account from an address, or its network, before. */
export async function isKnownAt(db: Database, userId: string, network: string): Promise<boolean> {
  const signIns = await db.audit.findMany({
    where: { actorUserId: userId, action: 'auth.signIn', at: { gt: new Date(Date.now() - REMEMBERED_MS) } },
    select: { details: true },
    orderBy: { id: 'desc' },
    take: MOST_SIGN_INS,
  });
  return signIns.some(({ details }) => addressIn(details) === network);
}

function addressIn(details: unknown): string | undefined {
  const isDetails = typeof details === 'object' && details !== null && 'address' in details;
  return isDetails && typeof details.address === 'string' ? networkOf(details.address) : undefined;
}
