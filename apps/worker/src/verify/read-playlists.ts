import path from 'node:path';
import { parse, types } from 'hls-parser';
import type { PublishedReader } from '../published/published-reader.ts';
import { verifyFailed } from './verify-failed.ts';

export interface ListedSegment {
  /** Name in the published folder. */
  readonly name: string;
  readonly seconds: number;
}

/** A byte range of a segment. */
interface ListedPicture {
  readonly name: string;
  readonly offset: number;
  readonly bytes: number;
}

/** A rendition as its playlist describes it. */
export interface ListedTrack {
  readonly kind: 'video' | 'audio';
  /** Name of the rendition: the folder its playlist is in. */
  readonly rendition: string;
  readonly init: string;
  readonly segments: readonly ListedSegment[];
  /** The key pictures; none of sound. */
  readonly iframes: readonly ListedPicture[];
}

/** A rendition as the master playlist names it. */
export interface ListedRendition {
  readonly kind: ListedTrack['kind'];
  readonly rendition: string;
  readonly playlist: string;
  readonly iframePlaylist: string | undefined;
}

/** Reads a published video the way a player does: from the master playlist on, with a parser that is not ours. */
export async function readPlaylists(reader: PublishedReader): Promise<ListedTrack[]> {
  const tracks: ListedTrack[] = [];
  // One after another: those of a day take some memory while they are parsed.
  for (const listed of await readMaster(reader)) tracks.push(await readTrack(reader, listed));
  return tracks;
}

export async function readMaster(reader: PublishedReader): Promise<ListedRendition[]> {
  const master = await readPlaylist(reader, 'master.m3u8');
  if (!(master instanceof types.MasterPlaylist)) throw verifyFailed('master.m3u8 is no master playlist');
  const pictures = master.variants.filter((variant) => !variant.isIFrameOnly);
  const groups = new Set(pictures.map((variant) => variant.audio.map(({ uri }) => uri).join()));
  if (groups.size > 1) throw verifyFailed('the renditions in master.m3u8 do not have the same sound');
  const sounds = pictures[0]?.audio.flatMap(({ uri }) => (uri === undefined ? [] : [uri])) ?? [];
  const keys = new Map(
    master.variants.filter((variant) => variant.isIFrameOnly).map(({ uri }) => [path.posix.dirname(uri), uri]),
  );
  const listed = (kind: ListedTrack['kind'], playlist: string): ListedRendition => {
    const rendition = path.posix.dirname(playlist);
    return { kind, rendition, playlist, iframePlaylist: kind === 'video' ? keys.get(rendition) : undefined };
  };
  return [...pictures.map(({ uri }) => listed('video', uri)), ...sounds.map((uri) => listed('audio', uri))];
}

/** Reads the playlists of one rendition. */
export async function readTrack(
  reader: PublishedReader,
  { kind, rendition, playlist, iframePlaylist }: ListedRendition,
): Promise<ListedTrack> {
  const { segments } = await readMediaPlaylist(reader, playlist);
  const init = segments[0]?.map?.uri;
  if (init === undefined) throw verifyFailed(`${playlist} names no initialisation segment`);
  return {
    kind,
    rendition,
    init: path.posix.join(rendition, init),
    segments: segments.map((segment) => ({
      name: path.posix.join(rendition, segment.uri),
      seconds: segment.duration,
    })),
    iframes: await readIframes(reader, iframePlaylist),
  };
}

async function readIframes(reader: PublishedReader, uri: string | undefined): Promise<ListedPicture[]> {
  if (uri === undefined) return [];
  const { segments } = await readMediaPlaylist(reader, uri);
  return segments.map((segment) => ({
    name: path.posix.join(path.posix.dirname(uri), segment.uri),
    offset: segment.byterange?.offset ?? 0,
    bytes: segment.byterange?.length ?? 0,
  }));
}

async function readMediaPlaylist(reader: PublishedReader, uri: string) {
  const playlist = await readPlaylist(reader, uri);
  if (!(playlist instanceof types.MediaPlaylist)) throw verifyFailed(`${uri} is no media playlist`);
  if (!playlist.endlist) throw verifyFailed(`${uri} does not end`);
  return playlist;
}

async function readPlaylist(reader: PublishedReader, uri: string) {
  const text = await reader.text(uri);
  try {
    return parse(text);
  } catch (error) {
    throw verifyFailed(`${uri} cannot be read: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}
