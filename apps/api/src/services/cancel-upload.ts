import { TranscodeError } from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';
import { abandonUpload } from '../upload/index.ts';
import { audit } from './audit.ts';
import { ownUploads } from './own-uploads.ts';
import { found } from './visible.ts';

export async function cancelUpload(context: SignedInContext, id: string): Promise<void> {
  const { db } = context.services;
  const upload = found(await db.upload.findFirst({ where: { id, ...ownUploads(context.identity) } }), 'upload');
  if (!(await abandonUpload(context.services, id, 'canceled'))) {
    throw new TranscodeError('conflict', { reason: `The upload is already ${upload.state}` });
  }
  await audit(db, context.identity, { action: 'upload.cancel', target: id, workspaceId: upload.workspaceId });
}
