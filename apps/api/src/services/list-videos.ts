import type { VideoState, VideoView } from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';
import { VIDEO_ROWS } from '../views/video-rows.ts';
import { publishedAt, videoView } from '../views/video-view.ts';
import { toPage } from './page.ts';
import { visibleTo } from './visible.ts';

export interface VideoFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: readonly VideoState[] | undefined;
  readonly search?: string | undefined;
}

export async function listVideos(
  { services, request, identity }: SignedInContext,
  { cursor, limit, state, search }: VideoFilter,
): Promise<{ items: VideoView[]; nextCursor: string | null }> {
  const { db, grants } = services;
  const contains = { contains: search ?? '', mode: 'insensitive' } as const;
  const rows = await db.video.findMany({
    where: {
      ...visibleTo(identity),
      AND: [{ state: { not: 'deleted' } }, state === undefined ? {} : { state: { in: [...state] } }],
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
      ...(search === undefined ? {} : { OR: [{ title: contains }, { fileName: contains }] }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
    include: VIDEO_ROWS,
  });
  const page = toPage(rows, limit);
  const jobIds = page.items.flatMap((video) => video.publishedJobId ?? []);
  const jobs = await db.job.findMany({ where: { id: { in: jobIds } }, select: { id: true, published: true } });
  const published = new Map(jobs.map((job) => [job.id, job.published]));
  return {
    items: page.items.map((video) => {
      const folder = published.get(video.publishedJobId ?? '');
      return videoView(video, publishedAt(video, folder, { grants, baseUrl: request.baseUrl }));
    }),
    nextCursor: page.nextCursor,
  };
}
