import { TranscodeError, videoFolder } from '@transcode/contracts';
import { neededKeys, type Database } from '@transcode/db';
import { copyObject, type ExpectedObject, type Storage } from '@transcode/storage';

export interface VideoRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly sourceKey: string;
  readonly sourceBytes: bigint;
  readonly publishedJobId: string | null;
}

/** Where the objects are that a video needs. */
export interface VideoObjects {
  /** In the storage. */
  readonly there: number;
  /** Not there, but in the second store. */
  readonly copied: readonly string[];
  /** Nobody has them. */
  readonly lost: readonly string[];
  /** As many of those as it is played from, or could be encoded from where it never was ready. */
  readonly lostPlayed: readonly string[];
}

export interface Stores {
  readonly media: Storage;
  /** The second store, where there is one. */
  readonly copies: Storage | undefined;
}

/** What is known of each object that the rows of a video name, and which of them it takes to play it. */
export async function wantedOf(
  db: Database,
  video: VideoRow,
): Promise<{ wanted: ReadonlyMap<string, ExpectedObject>; played: ReadonlySet<string> }> {
  const { facts, played } = await neededKeys(db, video);
  const source = [video.sourceKey, { bytes: Number(video.sourceBytes) }] as const;
  return {
    wanted: new Map<string, ExpectedObject>([...facts, source]),
    played: video.publishedJobId === null ? new Set([video.sourceKey]) : played,
  };
}

export async function findVideoObjects(
  { media, copies }: Stores,
  video: VideoRow,
  { wanted, played }: Awaited<ReturnType<typeof wantedOf>>,
): Promise<VideoObjects> {
  const there = await keysIn(media, video);
  const beside = copies === undefined ? new Set<string>() : await keysIn(copies, video);
  const absent = [...wanted.keys()].filter((key) => !there.has(key));
  const lost = absent.filter((key) => !beside.has(key));
  return {
    ...{ there: wanted.size - absent.length, copied: absent.filter((key) => beside.has(key)), lost },
    lostPlayed: lost.filter((key) => played.has(key)),
  };
}

async function keysIn(store: Storage, { id, workspaceId, sourceKey }: VideoRow): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { key } of store.list(videoFolder({ workspaceId, videoId: id }))) keys.add(key);
  if ((await store.head(sourceKey)) !== undefined) keys.add(sourceKey);
  return keys;
}

/** Objects that are copied at the same time: each takes some 24 MiB of memory at most. */
const AT_ONCE = 4;

/** Takes from the second store what the storage lacks, by size and checksum where they are known. Says which could not be had. */
export async function fetchObjects(
  { media, copies, signal }: Stores & { readonly signal?: AbortSignal | undefined },
  keys: readonly string[],
  wanted: ReadonlyMap<string, ExpectedObject>,
): Promise<string[]> {
  const failed: string[] = [];
  const fetchOne = async (key: string, from: Storage): Promise<void> => {
    try {
      await copyObject(key, { from, to: media, expected: wanted.get(key) ?? {} });
    } catch (error) {
      const isItself = error instanceof TranscodeError && (error.code === 'not_found' || error.code === 'stage_failed');
      if (!isItself) throw error;
      failed.push(key);
    }
  };
  if (copies === undefined) return failed;
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    signal?.throwIfAborted();
    await Promise.all(keys.slice(from, from + AT_ONCE).map((key) => fetchOne(key, copies)));
  }
  return failed;
}
