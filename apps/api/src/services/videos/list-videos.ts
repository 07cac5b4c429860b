import type { SortOrder, VideoSort, VideoState, VideoView } from '@transcode/contracts';
import {
  findVideos,
  findVideoVersions,
  type Database,
  type VideoFilter as Listed,
  type VideoVersion,
} from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { isAtRest, keptBy } from '../../views/resting.ts';
import { VIDEO_ROWS } from '../../views/video-rows.ts';
import { publishedAt, videoView } from '../../views/video-view.ts';
import { isOpen } from '../estimate/estimator.ts';
import { toPage } from '../lists/page.ts';
import { visibleTo } from '../workspaces/visible.ts';

export interface VideoFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: readonly VideoState[] | undefined;
  readonly search?: string | undefined;
  readonly sort: VideoSort;
  readonly order: SortOrder;
}

export async function listVideos(
  context: SignedInContext,
  { cursor, limit, state, search, sort, order }: VideoFilter,
): Promise<{ items: VideoView[]; nextCursor: string | null }> {
  const { services, identity } = context;
  const { workspaceIds } = identity;
  const isNewestFirst = sort === 'added' && order === 'descending';
  const wanted = { workspaceIds, states: state, search };
  const page = isNewestFirst
    ? toPage(await findVideoVersions(services.db, { ...wanted, before: cursor, limit: limit + 1 }), limit)
    : await sortedPage(services.db, { ...wanted, sort, order }, { after: cursor, limit });
  const known = new Map<string, VideoView>();
  const unknown = page.items.filter((video) => {
    const view = services.resting.videos.get(...keptBy(context, video));
    if (view !== undefined) known.set(video.id, view);
    return view === undefined;
  });
  if (unknown.length > 0) await readViews(context, unknown, known);
  // One may have been deleted since its version was read.
  return { items: page.items.flatMap(({ id }) => known.get(id) ?? []), nextCursor: page.nextCursor };
}

/** Adds the views of these videos, and keeps those of which nothing changes by itself. */
async function readViews(
  context: SignedInContext,
  videos: readonly VideoVersion[],
  views: Map<string, VideoView>,
): Promise<void> {
  const { services, request, identity } = context;
  const { db, grants, resting, estimator } = services;
  const rows = await db.video.findMany({
    where: { ...visibleTo(identity), id: { in: videos.map(({ id }) => id) }, state: { not: 'deleted' } },
    include: VIDEO_ROWS,
  });
  const jobIds = rows.flatMap((video) => video.publishedJobId ?? []);
  const open = rows.flatMap(({ jobs: [job] }) => (job !== undefined && isOpen(job) ? [job.id] : []));
  const [jobs, outlooks] = await Promise.all([
    db.job.findMany({ where: { id: { in: jobIds } }, select: { id: true, published: true } }),
    estimator.ofJobs(open),
  ]);
  const published = new Map(jobs.map((job) => [job.id, job.published]));
  const asked = new Map(videos.map((video) => [video.id, video]));
  for (const video of rows) {
    const folder = published.get(video.publishedJobId ?? '');
    const view = videoView(video, {
      published: publishedAt(video, folder, { grants, baseUrl: request.baseUrl }),
      outlook: outlooks.get(video.jobs[0]?.id ?? '') ?? null,
      asking: identity,
    });
    const version = asked.get(video.id);
    if (version !== undefined && isAtRest(video)) resting.videos.set(...keptBy(context, version), view);
    views.set(video.id, view);
  }
}

/** In an order of its own. One may have been deleted since it was found. */
async function sortedPage(
  db: Database,
  filter: Listed,
  place: { readonly after: string | undefined; readonly limit: number },
): Promise<{ items: VideoVersion[]; nextCursor: string | null }> {
  const { ids, next } = await findVideos(db, filter, place);
  const versions = await findVideoVersions(db, { workspaceIds: filter.workspaceIds, ids, limit: ids.length });
  const byId = new Map(versions.map((version) => [version.id, version]));
  return { items: ids.flatMap((id) => byId.get(id) ?? []), nextCursor: next ?? null };
}
