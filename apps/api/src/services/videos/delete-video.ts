import { askErasure, type Video } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';
import { findVideo } from './find-video.ts';
import { giveUpVideo } from './give-up-video.ts';

/** Begins the erasure of a video. Its receipt ends once nothing of it is left. */
export async function deleteVideo(context: SignedInContext, id: string): Promise<void> {
  const video = await findVideo(context, id);
  const { services, identity } = context;
  const deed = { ...(await deedOf(context, video)), target: id, workspaceId: video.workspaceId };
  await giveUpVideo(services, video, async (tx) => {
    await askErasure(tx, { kind: 'video', subjectId: id, by: identity });
    await audit(tx, identity, deed);
  });
}

/** To delete what is still coming is to cancel its upload; of what never came there is little to delete. */
async function deedOf({ services: { db } }: SignedInContext, { title, state, uploadId }: Video) {
  if (state === 'uploading') return { action: 'upload.cancel', details: { name: title } } as const;
  const upload = uploadId === null ? null : await db.upload.findUnique({ where: { id: uploadId } });
  const neverCame = upload !== null && upload.state !== 'complete';
  return { action: 'video.delete', details: { name: title, ...(neverCame ? { neverCame } : {}) } } as const;
}
