import type { Database, Transaction } from '../database.ts';
import { neededKeys, type ObjectFacts } from '../jobs/needed-keys.ts';
import type { CopyState } from '../generated/client.ts';

/** Rows of one statement. */
const AT_ONCE = 1_000;

interface Marks {
  /** Whose looking this is: they go with what it finds. */
  readonly ids: readonly bigint[];
  /** When the first of them was set. */
  readonly since: Date;
}

/** Marks that nobody has looked after yet, the oldest first, by their video. */
export async function findCopyMarks(db: Database, limit: number): Promise<Map<string, Marks>> {
  const rows = await db.copyMark.findMany({ orderBy: { id: 'asc' }, take: limit });
  const groups = Map.groupBy(rows, ({ videoId }) => videoId);
  return new Map(
    [...groups].map(([videoId, marks]) => {
      const since = new Date(Math.min(...marks.map(({ at }) => at.getTime())));
      return [videoId, { ids: marks.map(({ id }) => id), since }];
    }),
  );
}

/** Writes down what of a video is to be in the second store and what no more, and says how many objects that changed. */
export async function planCopies(
  db: Database,
  videoId: string,
  marks: Marks = { ids: [], since: new Date() },
): Promise<number> {
  const { wanted, known } = await db.$transaction((tx) => look(tx, videoId), { isolationLevel: 'RepeatableRead' });
  const missing = [...wanted].filter(([key]) => !known.has(key));
  const back = keysOf(known, (key, state) => state === 'removing' && wanted.has(key));
  const unwanted = keysOf(known, (key, state) => state !== 'removing' && !wanted.has(key));
  await db.$transaction(async (tx) => {
    for (const part of parts(missing))
      await tx.objectCopy.createMany({
        data: part.map(([key, { content, bytes, sha256 }]) => ({
          ...{ key, videoId, content, waitingSince: marks.since },
          ...{ bytes: bytes === undefined ? null : BigInt(bytes), sha256: sha256 ?? null },
        })),
        skipDuplicates: true,
      });
    const anew = { notBefore: null, attempts: 0, failure: null };
    // What somebody has written since this look began is left to the next one.
    for (const part of parts(back))
      await tx.objectCopy.updateMany({
        where: { key: { in: part }, state: 'removing' },
        data: { ...anew, state: 'waiting', waitingSince: marks.since },
      });
    for (const part of parts(unwanted))
      await tx.objectCopy.updateMany({
        where: { key: { in: part }, state: { not: 'removing' } },
        data: { ...anew, state: 'removing' },
      });
    await tx.copyMark.deleteMany({ where: { id: { in: [...marks.ids] } } });
  });
  return missing.length + back.length + unwanted.length;
}

interface Wanted extends ObjectFacts {
  readonly content: 'source' | 'output';
}

interface Look {
  wanted: ReadonlyMap<string, Wanted>;
  known: ReadonlyMap<string, CopyState>;
}

/** All of one moment. */
async function look(tx: Transaction, videoId: string): Promise<Look> {
  const video = await tx.video.findUnique({
    where: { id: videoId },
    include: { upload: { select: { state: true } } },
  });
  const rows = await tx.objectCopy.findMany({ where: { videoId }, select: { key: true, state: true } });
  const known = new Map(rows.map(({ key, state }) => [key, state]));
  if (video === null || video.state === 'deleted') return { wanted: new Map(), known };
  const { facts } = await neededKeys(tx, video);
  const wanted = new Map<string, Wanted>([...facts].map(([key, ofIt]) => [key, { content: 'output', ...ofIt }]));
  const { sourceKey, sourceBytes } = video;
  const upload = video.upload?.state ?? 'complete';
  const isWhole = video.state !== 'uploading' && upload === 'complete';
  // One that has come whole may be copied before its upload is called complete.
  const isOnItsWay = upload === 'receiving' && known.has(sourceKey);
  if (isWhole || isOnItsWay) wanted.set(sourceKey, { content: 'source', bytes: Number(sourceBytes) });
  return { wanted, known };
}

function keysOf(known: Look['known'], is: (key: string, state: CopyState) => boolean): string[] {
  return [...known].filter(([key, state]) => is(key, state)).map(([key]) => key);
}

function* parts<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += AT_ONCE) yield all.slice(at, at + AT_ONCE);
}
