import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { videoFolder } from '@transcode/contracts';
import { createDatabase, neededKeys, type Database } from '@transcode/db';
import type { Storage } from '@transcode/storage';
import type { ObjectsFound } from './manifest.ts';
import { metered, seal } from './seal.ts';

interface InventoryOptions {
  /** A database with the rows, of our schema. */
  url: string;
  media: Storage;
  /** Where the rows are as of now: what has been deleted since is not missed. */
  liveUrl: string | undefined;
  /** Where the list is written; nowhere if it is not given. */
  list?: { store: Storage; key: string; recipients: readonly string[] };
}

interface Line {
  video: string;
  key: string;
  /** Absent where nobody has the object. */
  bytes?: number;
}

const PAGE = 200;

/** Looks for each object that the rows need, and writes the list of them with their sizes. */
export async function findObjects({ url, media, liveUrl, list }: InventoryOptions): Promise<ObjectsFound> {
  const db = createDatabase(url, { poolSize: 2, silentMs: SILENT_MS });
  const live = liveUrl === undefined ? undefined : createDatabase(liveUrl, { poolSize: 2 });
  const found = { videos: 0, objects: 0, bytes: 0, missing: 0, videosMissing: 0 };
  async function* lines(): AsyncGenerator<string> {
    for await (const video of videosOf(db)) {
      found.videos += 1;
      let missing = 0;
      for (const line of await inventoryOf(db, live, video, media)) {
        found.objects += 1;
        found.bytes += line.bytes ?? 0;
        if (line.bytes === undefined) missing += 1;
        yield `${JSON.stringify(line)}\n`;
      }
      found.missing += missing;
      if (missing > 0) found.videosMissing += 1;
    }
  }
  try {
    if (list === undefined) {
      await Readable.from(lines()).forEach(() => undefined);
      return found;
    }
    const zipped = Readable.from(lines()).compose(createGzip()) as Readable;
    const { stream, result } = metered(await seal(zipped, list.recipients));
    await list.store.put(list.key, stream);
    return { ...found, inventory: { key: list.key, ...result() } };
  } finally {
    await db.$disconnect();
    await live?.$disconnect();
  }
}

/** A scratch instance has nothing warm, and one video may have many rows. */
const SILENT_MS = 120_000;

interface VideoRow {
  id: string;
  workspaceId: string;
  sourceKey: string;
  state: string;
  publishedJobId: string | null;
  upload: { state: string } | null;
}

const select = {
  ...{ id: true, workspaceId: true, sourceKey: true, state: true, publishedJobId: true },
  upload: { select: { state: true } },
} as const;

async function* videosOf(db: Database): AsyncGenerator<VideoRow> {
  for (let after: string | undefined; ;) {
    const videos: VideoRow[] = await db.video.findMany({
      where: { state: { not: 'deleted' }, ...(after === undefined ? {} : { id: { gt: after } }) },
      ...{ select, orderBy: { id: 'asc' }, take: PAGE },
    });
    yield* videos;
    after = videos.at(-1)?.id;
    if (videos.length < PAGE) return;
  }
}

async function inventoryOf(db: Database, live: Database | undefined, video: VideoRow, media: Storage): Promise<Line[]> {
  const there = new Map<string, number>();
  const folder = videoFolder({ workspaceId: video.workspaceId, videoId: video.id });
  for await (const { key, bytes } of media.list(folder)) there.set(key, bytes);
  const source = await media.head(video.sourceKey);
  if (source !== undefined) there.set(video.sourceKey, source.bytes);
  const needed = await neededBy(db, video);
  const absent = [...needed].filter((key) => !there.has(key));
  const wanted = absent.length === 0 ? new Set<string>() : await stillNeeded(live, video.id, absent);
  return [...needed].flatMap((key) => {
    const bytes = there.get(key);
    if (bytes !== undefined) return [{ video: video.id, key, bytes }];
    return wanted.has(key) ? [{ video: video.id, key }] : [];
  });
}

/** The source once it has come whole, and whatever was made of it and may still be wanted. */
async function neededBy(db: Database, video: VideoRow): Promise<Set<string>> {
  const { keys } = await neededKeys(db, video);
  const hasSource = video.state !== 'uploading' && (video.upload?.state ?? 'complete') === 'complete';
  return new Set([...keys, ...(hasSource ? [video.sourceKey] : [])]);
}

/** Of what is absent, what the rows of this moment want, too: a video may be deleted or swept while it is looked at. */
async function stillNeeded(
  live: Database | undefined,
  videoId: string,
  absent: readonly string[],
): Promise<Set<string>> {
  if (live === undefined) return new Set(absent);
  const now = await live.video.findUnique({ where: { id: videoId }, select });
  if (now === null || now.state === 'deleted') return new Set();
  const needed = await neededBy(live, now);
  return new Set(absent.filter((key) => needed.has(key)));
}
