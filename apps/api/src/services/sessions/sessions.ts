import type { SessionView } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';
import { endSessions } from './end-sessions.ts';
import { toPage } from '../lists/page.ts';
import { demandChanged, found } from '../workspaces/visible.ts';

/** One's own sessions that still hold, newest first. */
export async function listSessions(
  { services, identity }: SignedInContext,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: SessionView[]; nextCursor: string | null }> {
  const rows = await services.db.session.findMany({
    where: {
      userId: identity.id,
      revokedAt: null,
      expiresAt: { gt: new Date() },
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const page = toPage(rows, limit);
  const items = page.items.map(({ id, userAgent, createdAt, expiresAt }) => ({
    ...{ id, userAgent, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() },
    current: id === identity.session?.id,
  }));
  return { items, nextCursor: page.nextCursor };
}

export async function endSession({ services, identity }: SignedInContext, id: string): Promise<void> {
  await services.db.$transaction(async (tx) => {
    const where = { id, userId: identity.id };
    const { userAgent } = found(await tx.session.findFirst({ where: { ...where, revokedAt: null } }), 'session');
    demandChanged({ count: await endSessions(tx, where) }, 'session');
    await audit(tx, identity, { action: 'session.end', target: id, details: { userAgent } });
  });
  services.authenticator.forget();
}

/** All of one's own but the one that asks. */
export async function endOtherSessions({ services, identity }: SignedInContext): Promise<{ ended: number }> {
  const ended = await services.db.$transaction(async (tx) => {
    const count = await endSessions(tx, { userId: identity.id, id: { not: identity.session?.id ?? identity.id } });
    if (count > 0) {
      await audit(tx, identity, { action: 'session.endOthers', target: identity.id, details: { sessions: count } });
    }
    return count;
  });
  services.authenticator.forget();
  return { ended };
}
