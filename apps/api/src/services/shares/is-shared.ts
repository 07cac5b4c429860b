import type { Database } from '@transcode/db';

/** Whether a share link still holds. */
export async function isShared(db: Database, id: string): Promise<boolean> {
  return (await db.shareLink.count({ where: { id, revokedAt: null, expiresAt: { gt: new Date() } } })) === 1;
}
