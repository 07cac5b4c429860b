import type { VideoThen } from '@transcode/contracts';
import { hasText, isText, type Database, type Prisma, type Video } from '@transcode/db';
import * as z from 'zod';
import type { Readable } from '../backup-store.ts';
import { listTombstones } from '../erasures/tombstones.ts';
import type { Ask } from './rows.ts';

/** One more than anybody is shown: then they are too many. */
export const FOUND_CALLED = 21;

export const isId = (text: string): boolean => z.uuid().safeParse(text).success;

const PAGE = 500;

type Found = Pick<Video, 'id' | 'workspaceId' | 'title' | 'createdAt'>;

interface Places {
  /** Where they were. */
  readonly db: Database;
  readonly living: Ask;
  readonly tombstones: Readable;
}

/**
 * Videos that a backup has and that were called so, whole or in part; where exactly one was called exactly so, that one alone. What was
 * erased since is not told: its title is nobody's any more.
 */
export async function findCalled({ db, living, tombstones }: Places, title: string): Promise<VideoThen[]> {
  const wanted = title.trim();
  const stones = (await listTombstones(tombstones)).map(({ subjectId }) => subjectId);
  const told = await living<{ id: string }>('SELECT "subjectId"::text AS "id" FROM "Erasure"');
  const erased = new Set([...stones, ...told.map(({ id }) => id)]);
  // What was erased is passed over here: there may be more of it than a statement takes.
  const calledSo = async (called: Prisma.StringFilter): Promise<Found[]> => {
    const found: Found[] = [];
    for (let before: string | undefined; ;) {
      const page = await db.video.findMany({
        where: { title: called, state: { notIn: ['deleted', 'uploading'] }, ...(before && { id: { lt: before } }) },
        orderBy: { id: 'desc' },
        take: PAGE,
        select: { id: true, workspaceId: true, title: true, createdAt: true },
      });
      found.push(...page.filter(({ id, workspaceId }) => !erased.has(id) && !erased.has(workspaceId)));
      if (page.length < PAGE || found.length >= FOUND_CALLED) return found.slice(0, FOUND_CALLED);
      before = page.at(-1)?.id;
    }
  };
  const exactly = await calledSo(isText(wanted));
  const found = exactly.length === 1 ? exactly : await calledSo(hasText(wanted));
  return found.map(({ createdAt, ...video }) => ({ ...video, createdAt: createdAt.toISOString() }));
}
