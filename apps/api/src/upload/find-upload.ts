import { roleAtLeast, TranscodeError } from '@transcode/contracts';
import type { Database, Prisma } from '@transcode/db';
import type { Principal } from '../identity/principal.ts';
import { ownUploads } from '../services/uploads/own-uploads.ts';

const WITH_VIDEO = {
  video: { select: { id: true, state: true, title: true } },
} as const satisfies Prisma.UploadInclude;

export type UploadRow = Prisma.UploadGetPayload<{ include: typeof WITH_VIDEO }>;

/** An upload that may still be spoken of; to everyone but its owner and admins it does not exist. */
export async function findUpload(db: Database, principal: Principal, id: string): Promise<UploadRow> {
  const row = await db.upload.findFirst({ where: { id, ...ownUploads(principal) }, include: WITH_VIDEO });
  if (row === null || !roleAtLeast(principal.role, 'editor')) throw new TranscodeError('not_found', { what: 'upload' });
  if (row.state === 'canceled') throw new TranscodeError('upload_canceled');
  if (row.state === 'expired') throw new TranscodeError('upload_expired');
  return row;
}

/** As it is now; it may have changed while one waited for the lease. */
export async function reloadUpload(db: Database, id: string): Promise<UploadRow> {
  const row = await db.upload.findUnique({ where: { id }, include: WITH_VIDEO });
  if (row === null) throw new TranscodeError('not_found', { what: 'upload' });
  if (row.state === 'canceled') throw new TranscodeError('upload_canceled');
  if (row.state === 'expired') throw new TranscodeError('upload_expired');
  return row;
}
