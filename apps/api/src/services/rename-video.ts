import type { SignedInContext } from '../context.ts';
import { audit } from './audit.ts';
import { findVideo } from './find-video.ts';

export async function renameVideo(context: SignedInContext, id: string, title: string): Promise<void> {
  const video = await findVideo(context, id);
  const { db, events } = context.services;
  await db.$transaction(async (tx) => {
    await tx.video.update({ where: { id }, data: { title } });
    const details = { name: title, before: { title: video.title }, after: { title } };
    await audit(tx, context.identity, { action: 'video.rename', target: id, workspaceId: video.workspaceId, details });
  });
  events.publish({ type: 'video', workspaceId: video.workspaceId, videoId: id, state: video.state });
}
