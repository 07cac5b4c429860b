import type { UploadState, UploadView } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { UPLOAD_ROWS, uploadView } from '../../views/upload-view.ts';
import type { UploadRow } from '../../views/upload-view.ts';
import { ownUploads } from './own-uploads.ts';
import { found } from '../workspaces/visible.ts';

export interface UploadFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: readonly UploadState[] | undefined;
}

type Shown = UploadRow & { video: { id: string } };
const isShown = (upload: UploadRow): upload is Shown => upload.video !== null;

/** Upload ids are random, so these pages go by the ids of the videos the uploads belong to. */
export async function listUploads(
  { services, identity }: SignedInContext,
  { cursor, limit, state }: UploadFilter,
): Promise<{ items: UploadView[]; nextCursor: string | null }> {
  const rows = await services.db.upload.findMany({
    where: {
      ...ownUploads(identity),
      video: cursor === undefined ? { isNot: null } : { id: { lt: cursor } },
      ...(state === undefined ? {} : { state: { in: [...state] } }),
    },
    orderBy: { video: { id: 'desc' } },
    take: limit + 1,
    include: UPLOAD_ROWS,
  });
  const items = rows.filter(isShown).slice(0, limit).map(uploadView);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.videoId ?? null) : null };
}

export async function getUpload({ services, identity }: SignedInContext, id: string): Promise<UploadView> {
  const upload = found(
    await services.db.upload.findFirst({ where: { id, ...ownUploads(identity) }, include: UPLOAD_ROWS }),
    'upload',
  );
  return uploadView({ ...upload, video: found(upload.video, 'upload') });
}
