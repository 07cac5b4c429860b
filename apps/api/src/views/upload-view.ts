import type { UploadView } from '@transcode/contracts';
import type { Prisma } from '@transcode/db';

export const UPLOAD_ROWS = { video: { select: { id: true } } } as const satisfies Prisma.UploadInclude;
export type UploadRow = Prisma.UploadGetPayload<{ include: typeof UPLOAD_ROWS }>;

export function uploadView(upload: UploadRow & { video: { id: string } }): UploadView {
  return {
    id: upload.id,
    videoId: upload.video.id,
    fileName: upload.fileName,
    size: Number(upload.size),
    offset: Number(upload.offset),
    state: upload.state,
    createdAt: upload.createdAt.toISOString(),
    expiresAt: upload.expiresAt.toISOString(),
  };
}
