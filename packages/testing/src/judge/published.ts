import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, types } from 'hls-parser';

/** A segment of a published playlist. */
export interface PublishedSegment {
  readonly file: string;
  readonly bytes: number;
  readonly seconds: number;
}

/** One rendition as a player meets it. */
export interface PublishedTrack {
  readonly uri: string;
  readonly init: string;
  readonly segments: readonly PublishedSegment[];
  /** Init and all segments in one file, for programs that read no playlists. */
  readonly joined: string;
}

export interface PublishedVariant {
  readonly track: PublishedTrack;
  readonly bandwidth: number;
  readonly averageBandwidth: number;
  readonly codecs: string;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

export interface PublishedAudio {
  readonly track: PublishedTrack;
  readonly language: string;
}

export interface Published {
  readonly variants: readonly PublishedVariant[];
  readonly audio: readonly PublishedAudio[];
}

/** Reads a published folder by its HLS playlists, with a parser that is not ours. */
export async function readPublished(folder: string): Promise<Published> {
  const master = parse(await readFile(path.join(folder, 'master.m3u8'), 'utf8'));
  if (!(master instanceof types.MasterPlaylist)) throw new Error('master.m3u8 is not a master playlist');
  const audio = new Map<string, PublishedAudio>();
  const variants: PublishedVariant[] = [];
  for (const variant of master.variants.filter((entry) => !entry.isIFrameOnly)) {
    if (variant.resolution === undefined || variant.codecs === undefined || variant.frameRate === undefined) {
      throw new Error(`The variant ${variant.uri} lacks RESOLUTION, CODECS or FRAME-RATE`);
    }
    if (variant.averageBandwidth === undefined) throw new Error(`The variant ${variant.uri} lacks AVERAGE-BANDWIDTH`);
    for (const rendition of variant.audio) {
      if (rendition.uri === undefined || audio.has(rendition.uri)) continue;
      audio.set(rendition.uri, {
        track: await readTrack(folder, rendition.uri),
        language: rendition.language ?? 'und',
      });
    }
    variants.push({
      track: await readTrack(folder, variant.uri),
      bandwidth: variant.bandwidth,
      averageBandwidth: variant.averageBandwidth,
      codecs: variant.codecs,
      width: variant.resolution.width,
      height: variant.resolution.height,
      frameRate: variant.frameRate,
    });
  }
  return { variants, audio: [...audio.values()] };
}

async function readTrack(folder: string, uri: string): Promise<PublishedTrack> {
  const playlistPath = path.join(folder, uri);
  const playlist = parse(await readFile(playlistPath, 'utf8'));
  if (!(playlist instanceof types.MediaPlaylist)) throw new Error(`${uri} is not a media playlist`);
  const base = path.dirname(playlistPath);
  const init = playlist.segments[0]?.map?.uri;
  if (init === undefined) throw new Error(`${uri} has no EXT-X-MAP`);
  const parts = [await readFile(path.join(base, init))];
  const segments: PublishedSegment[] = [];
  for (const segment of playlist.segments) {
    const bytes = await readFile(path.join(base, segment.uri));
    parts.push(bytes);
    segments.push({ file: path.join(base, segment.uri), bytes: bytes.length, seconds: segment.duration });
  }
  const joined = path.join(folder, `${uri.replaceAll('/', '_')}.joined.mp4`);
  await writeFile(joined, Buffer.concat(parts));
  return { uri, init: path.join(base, init), segments, joined };
}
