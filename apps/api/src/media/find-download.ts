import { ChunkIndex } from '@transcode/contracts';
import type { Services } from '../context.ts';
import type { Principal } from '../identity/principal.ts';
import { found, visibleTo } from '../services/workspaces/visible.ts';
import { joinedHeader } from './remux/joined-header.ts';
import { planRemux } from './remux/plan-remux.ts';

export interface Download {
  readonly jobId: string;
  readonly workspaceId: string;
  /** Of the rendition. */
  readonly name: string;
  readonly title: string;
  readonly header: Buffer;
  readonly parts: ReturnType<typeof planRemux>['parts'];
  /** What tells it from the other renditions: `1080p`. */
  readonly label: string;
  readonly contentType: string;
}

/** Stands for the highest rung, whatever that is called. */
const BEST = 'best';

/** All that is needed to send a rendition as one file: a picture comes with the first sound, a sound alone. */
export async function findDownload(
  { db, storage }: Services,
  principal: Principal,
  { videoId, name }: { readonly videoId: string; readonly name: string },
): Promise<Download> {
  const video = await db.video.findFirst({
    where: { id: videoId, ...visibleTo(principal), state: { in: ['playable', 'ready'] } },
    select: { workspaceId: true, title: true, publishedJobId: true },
  });
  const { workspaceId, title, publishedJobId } = found(video, 'video');
  const jobId = found(publishedJobId, 'rendition');
  const renditions = await db.rendition.findMany({ where: { jobId }, orderBy: { position: 'asc' } });
  const rendition = found(
    renditions.find((one) => one.name === name || (name === BEST && one.kind === 'video')),
    'rendition',
  );
  const sound = rendition.kind === 'video' ? renditions.find(({ kind }) => kind === 'audio') : undefined;
  const names = [rendition.name, ...(sound === undefined ? [] : [sound.name])];
  const chunks = await db.chunk.findMany({
    where: { jobId, state: 'done', ...(sound === undefined ? { kind: rendition.kind } : {}) },
    orderBy: [{ kind: 'asc' }, { index: 'asc' }],
    select: { result: true },
  });
  const plan = planRemux(
    chunks.map(({ result }) => ChunkIndex.parse(result)),
    names,
  );
  const inits = await Promise.all(plan.initKeys.map((key) => storage.read(key)));
  return {
    ...{
      jobId,
      workspaceId,
      name: rendition.name,
      title,
      parts: plan.parts,
      header: joinedHeader(inits, plan.seconds),
    },
    label:
      rendition.kind === 'video'
        ? `${Math.min(rendition.width ?? 0, rendition.height ?? 0)}p`
        : (rendition.label ?? rendition.name),
    contentType: `${rendition.kind}/mp4`,
  };
}
