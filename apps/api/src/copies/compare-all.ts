import {
  loseCopies,
  markGoneVideos,
  nextVideos,
  noteCompared,
  planCopies,
  readCopied,
  readCopyTarget,
  type Database,
} from '@transcode/db';
import { videoFolder } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import { measure } from '@transcode/telemetry';
import type { Services } from '../context.ts';
import type { Step } from '../reconciler/step.ts';
import type { Copier } from './copier.ts';

/** All is compared so often, from the end of one time to the beginning of the next. */
const EVERY_MS = 24 * 3600 * 1000;
const AT_ONCE = 100;
const GONE = 'It was gone from the second store, or had another size there.';

interface Compared {
  readonly id: string;
  readonly workspaceId: string;
  readonly sourceKey: string;
}

/** Each day looks for all that should be in the second store, by name and size: what is not there is copied again. */
export function compareAll({ db, log }: Pick<Services, 'db' | 'log'>, copier: Copier | undefined): Step['run'] {
  if (copier === undefined) return () => Promise.resolve();
  let after: string | undefined;
  let lost = 0;
  return async (turn) => {
    const target = await readCopyTarget(db);
    if (target === null || (target.comparedAt !== null && Date.now() - target.comparedAt.getTime() < EVERY_MS)) return;
    if (after === undefined) await markGoneVideos(db);
    for (;;) {
      const videos = await nextVideos(db, { after, limit: AT_ONCE });
      for (const video of videos) {
        if (!turn.goesOn()) return;
        await planCopies(db, video.id);
        lost += await compare(db, copier.store, video);
        // Where a store goes away in between, it goes on from here.
        after = video.id;
      }
      if (videos.length < AT_ONCE) break;
    }
    await noteCompared(db);
    if (lost > 0) log.error({ count: lost }, 'Objects were gone from the second store and are copied again');
    [after, lost] = [undefined, 0];
  };
}

/** Says how many were not there. */
async function compare(db: Database, store: Storage, { id, workspaceId, sourceKey }: Compared): Promise<number> {
  const copied = await readCopied(db, id);
  if (copied.size === 0) return 0;
  const there = new Map<string, number>();
  for await (const { key, bytes } of store.list(videoFolder({ workspaceId, videoId: id }))) there.set(key, bytes);
  const source = copied.has(sourceKey) ? await store.head(sourceKey) : undefined;
  if (source !== undefined) there.set(sourceKey, source.bytes);
  const gone = [...copied].filter(([key, bytes]) => there.get(key) !== bytes).map(([key]) => key);
  if (gone.length === 0) return 0;
  const lost = await loseCopies(db, gone, GONE);
  measure.count('copyObjectsTotal', { result: 'lost' }, lost);
  return lost;
}
