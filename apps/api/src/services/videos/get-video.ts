import { ChunkIndex, publishedName } from '@transcode/contracts';
import type { Outlook, PublishedFile, VideoDetail } from '@transcode/contracts';
import { findVideoVersions } from '@transcode/db';
import type { Services, SignedInContext } from '../../context.ts';
import { mediaTypeOf } from '../../media/media-type.ts';
import { jobDetail } from '../../views/job-view.ts';
import { readProbe } from '../../views/read-probe.ts';
import { renditionView } from '../../views/rendition-view.ts';
import { isAtRest, keptBy } from '../../views/resting.ts';
import { VIDEO_ROWS } from '../../views/video-rows.ts';
import type { VideoRow } from '../../views/video-rows.ts';
import { publishedAt, videoView } from '../../views/video-view.ts';
import type { PublishedAt } from '../../views/video-view.ts';
import { found, visibleTo } from '../workspaces/visible.ts';

interface Found {
  readonly video: VideoRow;
  readonly published: PublishedAt | undefined;
}

async function readVideo({ services, request, identity }: SignedInContext, id: string): Promise<Found> {
  const { db, grants } = services;
  const video = found(
    await db.video.findFirst({
      where: { id, ...visibleTo(identity), state: { not: 'deleted' } },
      include: VIDEO_ROWS,
    }),
    'video',
  );
  const { publishedJobId } = video;
  const job =
    publishedJobId === null
      ? null
      : await db.job.findUnique({ where: { id: publishedJobId }, select: { published: true } });
  return { video, published: publishedAt(video, job?.published, { grants, baseUrl: request.baseUrl }) };
}

export async function getVideo(context: SignedInContext, id: string): Promise<VideoDetail> {
  const { services, identity } = context;
  const { videoDetails } = services.resting;
  const [asked] = await findVideoVersions(services.db, { workspaceIds: identity.workspaceIds, ids: [id], limit: 1 });
  const kept = keptBy(context, found(asked, 'video'));
  const known = videoDetails.get(...kept);
  if (known !== undefined) return known;
  const { video, detail } = await readDetail(context, id);
  if (isAtRest(video)) videoDetails.set(...kept, detail);
  return detail;
}

async function readDetail(context: SignedInContext, id: string): Promise<{ video: VideoRow; detail: VideoDetail }> {
  const { video, published } = await readVideo(context, id);
  const [job] = video.jobs;
  const shownJobId = published === undefined ? job?.id : video.publishedJobId;
  const renditions = await context.services.db.rendition.findMany({
    where: { jobId: shownJobId ?? video.id },
    orderBy: { position: 'asc' },
  });
  const outlook = await outlookOf(context.services, video);
  const storyboard = published?.folder.storyboard;
  const detail = {
    ...videoView(video, { published, outlook, asking: context.identity }),
    fileName: video.fileName,
    probe: readProbe(video.probe),
    renditions: renditions.map(renditionView),
    storyboardUrl: published === undefined || storyboard === undefined ? null : published.url(storyboard),
    dashUrl: published?.url('manifest.mpd') ?? null,
    job: job === undefined ? null : jobDetail({ ...job, video: { title: video.title } }, context.identity),
  };
  return { video, detail };
}

/** When it will be ready. A job that only removes its files is none of its own. */
async function outlookOf({ estimator }: Services, { state, jobs: [job] }: VideoRow): Promise<Outlook | null> {
  return state === 'ready' ? null : estimator.ofJob(job);
}

/** Every file of the published folder: what the packager wrote, and the segments its manifests name. */
export async function listFiles(context: SignedInContext, id: string): Promise<PublishedFile[]> {
  const { video, published } = await readVideo(context, id);
  const jobId = video.publishedJobId;
  if (published === undefined || jobId === null) return [];
  const chunks = await context.services.db.chunk.findMany({
    where: { jobId, state: 'done' },
    orderBy: [{ kind: 'asc' }, { index: 'asc' }],
    select: { result: true },
  });
  const job = { id: jobId, workspaceId: video.workspaceId, videoId: video.id };
  const segments = chunks
    .flatMap(({ result }) => ChunkIndex.parse(result).renditions)
    .flatMap(({ init, segments: media }) => [init, ...media])
    .map(({ key, bytes }) => ({ name: publishedName(job, key) ?? key, bytes }))
    .map(({ name, bytes }) => ({ name, bytes, contentType: mediaTypeOf(name), url: published.url(name) }));
  const written = published.folder.files.map(({ name, bytes, contentType }) => ({
    name,
    bytes,
    contentType,
    url: published.url(name),
  }));
  return [...written, ...segments];
}
