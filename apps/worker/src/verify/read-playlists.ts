import path from 'node:path';
import { parse, types } from 'hls-parser';
import type { PublishedReader } from '../published/published-reader.ts';
import { verifyFailed } from './verify-failed.ts';

export interface ListedSegment {
  /** Name in the published folder. */
  readonly name: string;
  readonly seconds: number;
}

/** A rendition as its playlist describes it. */
export interface ListedTrack {
  readonly kind: 'video' | 'audio';
  /** Name of the rendition: the folder its playlist is in. */
  readonly rendition: string;
  readonly init: string;
  readonly segments: readonly ListedSegment[];
}

/** Reads a published video the way a player does: from the master playlist on, with a parser that is not ours. */
export async function readPlaylists(reader: PublishedReader): Promise<ListedTrack[]> {
  const master = parse(await reader.text('master.m3u8'));
  if (!(master instanceof types.MasterPlaylist)) throw verifyFailed('master.m3u8 is no master playlist');
  const pictures = master.variants.filter((variant) => !variant.isIFrameOnly);
  const sounds = new Set(
    pictures.flatMap((variant) => variant.audio.flatMap(({ uri }) => (uri === undefined ? [] : [uri]))),
  );
  const video = await Promise.all(pictures.map(({ uri }) => readTrack(reader, 'video', uri)));
  const audio = await Promise.all([...sounds].map((uri) => readTrack(reader, 'audio', uri)));
  return [...video, ...audio];
}

async function readTrack(reader: PublishedReader, kind: ListedTrack['kind'], uri: string): Promise<ListedTrack> {
  const playlist = parse(await reader.text(uri));
  if (!(playlist instanceof types.MediaPlaylist)) throw verifyFailed(`${uri} is no media playlist`);
  const rendition = path.posix.dirname(uri);
  const init = playlist.segments[0]?.map?.uri;
  if (init === undefined) throw verifyFailed(`${uri} names no initialisation segment`);
  return {
    kind,
    rendition,
    init: path.posix.join(rendition, init),
    segments: playlist.segments.map((segment) => ({
      name: path.posix.join(rendition, segment.uri),
      seconds: segment.duration,
    })),
  };
}
