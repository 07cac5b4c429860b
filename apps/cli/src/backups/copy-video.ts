import { createDatabase, neededKeys } from '@transcode/db';
import type { Storage } from '@transcode/storage';

/**
 * Copies what it takes to play one video from where the objects are to where nothing else is, so that whatever a drill does there does
 * nothing to the real ones. Takes the newest that is ready; undefined where there is none.
 */
export async function copyVideo(
  databaseUrl: string,
  from: Storage,
  to: Storage,
): Promise<{ id: string; objects: number } | undefined> {
  const db = createDatabase(databaseUrl, { poolSize: 1 });
  try {
    const video = await db.video.findFirst({
      where: { state: 'ready', publishedJobId: { not: null } },
      orderBy: { id: 'desc' },
      select: { id: true, workspaceId: true, publishedJobId: true },
    });
    if (video === null) return undefined;
    const { keys } = await neededKeys(db, video);
    for (const key of keys) await to.put(key, await from.get(key));
    return { id: video.id, objects: keys.size };
  } finally {
    await db.$disconnect();
  }
}
