import { TranscodeError } from '@transcode/contracts';
import { choosePoster as chooseInDatabase } from '@transcode/db';
import { deliver } from '@transcode/queue';
import type { SignedInContext } from '../../context.ts';
import { audit } from '../audit/audit.ts';
import { findVideo } from './find-video.ts';

/** A worker takes the poster from there, in a moment; what is published meanwhile keeps the one it has. */
export async function choosePoster(context: SignedInContext, id: string, seconds: number): Promise<void> {
  const video = await findVideo(context, id);
  const { services, identity } = context;
  const { workspaceId, title, posterSeconds } = video;
  const details = { name: title, before: { poster: posterSeconds }, after: { poster: seconds } };
  const released = await chooseInDatabase(services.db, { videoId: id, seconds }, (tx) =>
    audit(tx, identity, { action: 'video.choosePoster', target: id, workspaceId, details }),
  );
  if (released === undefined) {
    throw new TranscodeError('conflict', { reason: 'Only a video that can be played has pictures to choose from' });
  }
  await deliver(services, released);
  services.events.publish({ type: 'video', workspaceId, videoId: id, state: video.state });
}
