import path from 'node:path';
import { PublishedFolder, publishedKey, TranscodeError, type JobNames } from '@transcode/contracts';
import { neededKeys, type Database } from '@transcode/db';
import { checkObject, type ExpectedObject, type Storage } from '@transcode/storage';

/** What rows say of a video that can be played. */
interface PublishedVideo {
  readonly id: string;
  readonly job: JobNames;
  readonly published: PublishedFolder;
  /** All that it is played from, and what is known of each. */
  readonly objects: ReadonlyMap<string, ExpectedObject>;
}

/** Where every player begins. */
const MASTER = 'master.m3u8';
/** Objects that are read at the same time. */
const AT_ONCE = 4;

/** The newest that is ready; undefined where there is none. */
export async function newestVideo(db: Database): Promise<PublishedVideo | undefined> {
  const video = await db.video.findFirst({
    where: { state: 'ready', publishedJobId: { not: null } },
    orderBy: { id: 'desc' },
    select: { id: true, workspaceId: true, publishedJobId: true },
  });
  if (video === null) return undefined;
  const { id, workspaceId, publishedJobId } = video;
  if (publishedJobId === null) return undefined;
  const { published } = await db.job.findUniqueOrThrow({ where: { id: publishedJobId }, select: { published: true } });
  const { facts, played } = await neededKeys(db, video);
  return {
    ...{ id, job: { id: publishedJobId, workspaceId, videoId: id }, published: PublishedFolder.parse(published) },
    objects: new Map([...facts].filter(([key]) => played.has(key))),
  };
}

/**
 * Reads a video as far as it can be without decoding it: from the first playlist on each that it leads to, and whatever they name has to be
 * among what the rows know; then every object whole, by size and checksum. Throws what would keep it from playing. Says how many there were.
 */
export async function readVideo(media: Storage, video: PublishedVideo, signal?: AbortSignal): Promise<number> {
  const keyOf = keysOf(video);
  const named = new Set<string>();
  for (const names = [MASTER]; names.length > 0;) {
    const name = names.pop() ?? '';
    const key = keyOf(name);
    if (named.has(key)) continue;
    named.add(key);
    if (name.endsWith('.m3u8')) names.push(...(await namesIn(media, video, { name, key })));
  }
  const keys = [...video.objects.keys()];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    signal?.throwIfAborted();
    await Promise.all(keys.slice(from, from + AT_ONCE).map((key) => readOne(media, video, key)));
  }
  return keys.length;
}

/** The object behind a name, which the rows have to know: it is read with all others. */
function keysOf({ id, job, published, objects }: PublishedVideo): (name: string) => string {
  const files = new Map(published.files.map(({ name, key }) => [name, key]));
  return (name) => {
    const key = publishedKey(job, name) ?? files.get(name);
    if (key === undefined || !objects.has(key)) throw unplayable(id, `no row knows ${name}, which a player would want`);
    return key;
  };
}

/** What a playlist names: its lines, and what attributes have as `URI`. */
async function namesIn(media: Storage, { id }: PublishedVideo, { name, key }: { name: string; key: string }) {
  const text = (await media.read(key).catch((error: unknown) => notHad(id, key, error))).toString('utf8');
  if (!text.startsWith('#EXTM3U')) throw unplayable(id, `${name} is no playlist`);
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const attributes = [...text.matchAll(/^#EXT.*?[:,]URI="([^"]+)"/gm)].map(([, uri = '']) => uri);
  const uris = [...lines, ...attributes];
  if (uris.length === 0) throw unplayable(id, `${name} names nothing`);
  return uris.map((uri) => path.posix.join(path.posix.dirname(name), uri));
}

async function readOne(from: Storage, { id, objects }: PublishedVideo, key: string): Promise<void> {
  await checkObject(key, { from, expected: objects.get(key) ?? {} }).catch((error: unknown) => notHad(id, key, error));
}

/** A storage that is away says nothing of the video. */
function notHad(video: string, key: string, error: unknown): never {
  if (!(error instanceof TranscodeError)) throw error;
  if (error.code === 'not_found') throw unplayable(video, `${key} is not in the storage`, error);
  if (error.code === 'stage_failed') throw unplayable(video, String(error.details['reason']), error);
  throw error;
}

const unplayable = (video: string, reason: string, cause?: unknown): TranscodeError =>
  new TranscodeError('drill_unplayable', { video, reason }, { cause });
