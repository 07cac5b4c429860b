import { TranscodeError } from '@transcode/contracts';
import { renameVideo as renameInDatabase } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';
import { findVideo } from './find-video.ts';

export async function renameVideo(context: SignedInContext, id: string, title: string): Promise<void> {
  const video = await findVideo(context, id);
  const { db, events } = context.services;
  const details = { name: title, before: { title: video.title }, after: { title } };
  const wasThere = await renameInDatabase(db, { id, title }, (tx) =>
    audit(tx, context.identity, { action: 'video.rename', target: id, workspaceId: video.workspaceId, details }),
  );
  if (!wasThere) throw new TranscodeError('not_found', { what: 'video' });
  events.publish({ type: 'video', workspaceId: video.workspaceId, videoId: id, state: video.state });
}
