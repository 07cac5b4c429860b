import type { ShareView } from '@transcode/contracts';
import type { Prisma } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { hashSecret, randomSecret } from '../../identity/secret.ts';
import { audit } from '../audit/audit.ts';
import { findVideo } from '../videos/find-video.ts';
import { toPage } from '../lists/page.ts';
import { demandChanged, found, visibleTo } from '../workspaces/visible.ts';

const ROWS = { createdBy: { select: { name: true } } } as const satisfies Prisma.ShareLinkInclude;
type Row = Prisma.ShareLinkGetPayload<{ include: typeof ROWS }>;

function shareView({ id, videoId, createdAt, expiresAt, createdBy }: Row): ShareView {
  return {
    ...{ id, videoId, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() },
    createdBy: createdBy?.name ?? null,
  };
}

/** A new address that plays one video; it is told this once, as only its hash is stored. */
export async function createShare(
  context: SignedInContext,
  { videoId, seconds }: { readonly videoId: string; readonly seconds: number },
): Promise<ShareView & { url: string }> {
  const { services, identity, request } = context;
  const { workspaceId, title } = await findVideo(context, videoId);
  const token = randomSecret();
  const expiresAt = new Date(Date.now() + seconds * 1000);
  const row = await services.db.$transaction(async (tx) => {
    const createdById = identity.kind === 'user' ? identity.id : null;
    const data = { tokenHash: hashSecret(token), videoId, createdById, expiresAt };
    const made = await tx.shareLink.create({ data, include: ROWS });
    const details = { name: title, share: made.id, after: { expires: expiresAt.toISOString() } };
    await audit(tx, identity, { action: 'share.create', target: videoId, workspaceId, details });
    return made;
  });
  return { ...shareView(row), url: `${request.baseUrl}/share/${token}` };
}

/** The links of a video that still hold, newest first. */
export async function listShares(
  context: SignedInContext,
  {
    videoId,
    cursor,
    limit,
  }: { readonly videoId: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: ShareView[]; nextCursor: string | null }> {
  await findVideo(context, videoId);
  const rows = await context.services.db.shareLink.findMany({
    where: {
      ...{ videoId, revokedAt: null, expiresAt: { gt: new Date() } },
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
    include: ROWS,
  });
  const page = toPage(rows, limit);
  return { items: page.items.map(shareView), nextCursor: page.nextCursor };
}

/** Whoever is watching by it is cut off within seconds. */
export async function revokeShare({ services, identity }: SignedInContext, id: string): Promise<void> {
  await services.db.$transaction(async (tx) => {
    const share = found(
      await tx.shareLink.findFirst({
        where: { id, revokedAt: null, video: { ...visibleTo(identity), state: { not: 'deleted' } } },
        include: { video: { select: { title: true, workspaceId: true } } },
      }),
      'share link',
    );
    const held = { id, revokedAt: null };
    demandChanged(await tx.shareLink.updateMany({ where: held, data: { revokedAt: new Date() } }), 'share link');
    const { title, workspaceId } = share.video;
    const details = { name: title, share: id, before: { expires: share.expiresAt.toISOString() } };
    await audit(tx, identity, { action: 'share.revoke', target: share.videoId, workspaceId, details });
  });
}
