import type { VideoThen } from '@transcode/contracts';
import { hasText, isText, type Database, type Prisma } from '@transcode/db';
import * as z from 'zod';
import type { Readable } from '../backup-store.ts';
import { listTombstones } from '../erasures/tombstones.ts';
import type { Ask } from './rows.ts';

/** One more than anybody is shown: then they are too many. */
export const FOUND_CALLED = 21;

export const isId = (text: string): boolean => z.uuid().safeParse(text).success;

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
  const erased = [...stones, ...told.map(({ id }) => id)];
  const calledSo = (called: Prisma.StringFilter) =>
    db.video.findMany({
      where: {
        title: called,
        state: { notIn: ['deleted', 'uploading'] },
        id: { notIn: erased },
        workspaceId: { notIn: erased },
      },
      orderBy: { id: 'desc' },
      take: FOUND_CALLED,
      select: { id: true, workspaceId: true, title: true, createdAt: true },
    });
  const exactly = await calledSo(isText(wanted));
  const found = exactly.length === 1 ? exactly : await calledSo(hasText(wanted));
  return found.map(({ createdAt, ...video }) => ({ ...video, createdAt: createdAt.toISOString() }));
}
