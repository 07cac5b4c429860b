import type { AuditAction } from '@transcode/contracts';
import type { Database, Prisma, Transaction } from '@transcode/db';
import type { Principal } from '../../identity/principal.ts';

interface Deed {
  /** `video.delete`, `key.create`: the procedure that did it. */
  readonly action: AuditAction;
  readonly target: string;
  readonly workspaceId?: string;
  readonly details?: Prisma.InputJsonObject;
}

/** Writes down who did what; in the transaction that did it, where there is one. */
export async function audit(db: Database | Transaction, actor: Principal, deed: Deed): Promise<void> {
  await db.audit.create({
    data: {
      actorUserId: actor.kind === 'user' ? actor.id : null,
      actorKeyId: actor.kind === 'key' ? actor.id : null,
      workspaceId: deed.workspaceId ?? null,
      action: deed.action,
      target: deed.target,
      details: deed.details ?? {},
    },
  });
}
