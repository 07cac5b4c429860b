import { TranscodeError } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { abandonUpload } from '../../upload/index.ts';
import { ownUploads } from './own-uploads.ts';
import { found } from '../workspaces/visible.ts';

export async function cancelUpload(context: SignedInContext, id: string): Promise<void> {
  const { db } = context.services;
  const upload = found(await db.upload.findFirst({ where: { id, ...ownUploads(context.identity) } }), 'upload');
  if (!(await abandonUpload(context.services, id, 'canceled', context.identity))) {
    throw new TranscodeError('conflict', { reason: `The upload is already ${upload.state}` });
  }
}
