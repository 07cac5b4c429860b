import type { PublishedAudio, PublishedVideo } from '../published-rendition.ts';

interface PlaylistEntry {
  readonly ticks: number;
  readonly uri: string;
  readonly range?: { readonly offset: number; readonly bytes: number };
}

/** `<rendition>/index.m3u8`: every segment of a rendition. */
export function mediaPlaylist(rendition: PublishedVideo | PublishedAudio): string {
  return playlist(
    rendition,
    [],
    rendition.segments.map(({ name, ticks }) => ({ ticks, uri: relative(rendition, name) })),
  );
}

/** `<rendition>/iframes.m3u8`: the key pictures alone, as byte ranges of the same segments. */
export function iframePlaylist(rendition: PublishedVideo): string {
  const entries = rendition.segments.flatMap(({ name, keyPictures }) =>
    keyPictures.map((picture) => ({ ticks: picture.ticks, uri: relative(rendition, name), range: picture })),
  );
  return playlist(rendition, ['#EXT-X-I-FRAMES-ONLY'], entries);
}

/** The longest of these, in seconds, as `EXT-X-TARGETDURATION` rounds it. */
export function targetDuration(entries: readonly { readonly ticks: number }[], timescale: number): number {
  return entries.reduce((longest, { ticks }) => Math.max(longest, Math.round(ticks / timescale)), 1);
}

function playlist(
  rendition: PublishedVideo | PublishedAudio,
  tags: readonly string[],
  entries: readonly PlaylistEntry[],
): string {
  const { timescale } = rendition;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${targetDuration(entries, timescale)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...tags,
    `#EXT-X-MAP:URI="${relative(rendition, rendition.initName)}"`,
    ...entries.flatMap(({ ticks, uri, range }) => [
      `#EXTINF:${(ticks / timescale).toFixed(6)},`,
      ...(range === undefined ? [] : [`#EXT-X-BYTERANGE:${range.bytes}@${range.offset}`]),
      uri,
    ]),
    '#EXT-X-ENDLIST',
  ];
  return `${lines.join('\n')}\n`;
}

function relative(rendition: PublishedVideo | PublishedAudio, name: string): string {
  return name.slice(rendition.planned.name.length + 1);
}
