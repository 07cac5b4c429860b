import type { Services } from '../context.ts';
import type { Principal } from '../identity/principal.ts';
import { found, visibleTo } from '../services/workspaces/visible.ts';

interface SourceFile {
  readonly workspaceId: string;
  readonly key: string;
  readonly bytes: number;
  /** As it was called where it came from. */
  readonly fileName: string;
}

/** The uploaded file of a video, which is kept as long as the video is; there is none before all of it has come. */
export async function findSource(
  { db, storage }: Services,
  principal: Principal,
  videoId: string,
): Promise<SourceFile> {
  const video = await db.video.findFirst({
    where: { id: videoId, ...visibleTo(principal), state: { not: 'deleted' } },
    select: { workspaceId: true, sourceKey: true, fileName: true },
  });
  const { workspaceId, sourceKey: key, fileName } = found(video, 'video');
  const { bytes } = found(await storage.head(key), 'uploaded file');
  return { workspaceId, key, bytes, fileName };
}
