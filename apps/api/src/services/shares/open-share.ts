import { TranscodeError, type SharedVideo } from '@transcode/contracts';
import type { Context } from '../../context.ts';
import { hashSecret } from '../../identity/secret.ts';
import { readPlan } from '../../views/job-view.ts';
import { publishedAt } from '../../views/video-view.ts';

/** What a share link shows to anybody: the one video, and an address that plays it no longer than the link holds. */
export async function openShare({ services, request }: Context, token: string): Promise<SharedVideo> {
  const { db, grants } = services;
  const share = await db.shareLink.findUnique({ where: { tokenHash: hashSecret(token) }, include: { video: true } });
  if (share === null) throw new TranscodeError('not_found', { what: 'share link' });
  const { id, video, expiresAt, revokedAt } = share;
  if (revokedAt !== null || expiresAt <= new Date()) throw new TranscodeError('share_ended');
  const job = await db.job.findUnique({ where: { id: video.publishedJobId ?? id } });
  const published = publishedAt(video, job?.published, { grants, baseUrl: request.baseUrl, shareId: id });
  const plan = readPlan(job?.plan ?? null);
  if (published === undefined || plan === null) throw new TranscodeError('not_found', { what: 'video' });
  const { poster, storyboard } = published.folder;
  return {
    title: video.title,
    expiresAt: expiresAt.toISOString(),
    durationSeconds: plan.durationSeconds,
    frameSeconds: plan.grid.rate.den / plan.grid.rate.num,
    ...plan.reference,
    playbackUrl: published.url('master.m3u8'),
    posterUrl: poster === undefined ? null : published.url(poster),
    storyboardUrl: storyboard === undefined ? null : published.url(storyboard),
  };
}
