import { parse } from 'mpd-parser';
import type { PublishedReader } from '../published/published-reader.ts';
import type { ListedTrack } from './read-playlists.ts';
import { verifyFailed } from './verify-failed.ts';

/** Only to make names absolute; nothing is fetched from there. */
const BASE = 'http://published/';

/** `manifest.mpd` describes the very segments that the playlists list. */
export async function checkManifest(reader: PublishedReader, tracks: readonly ListedTrack[]): Promise<void> {
  const described = await readManifest(reader);
  for (const { rendition, init, segments } of tracks) {
    const wanted = [init, ...segments.map(({ name }) => name)].join('\n');
    if (!described.includes(wanted)) throw verifyFailed(`manifest.mpd does not list the segments of ${rendition}`);
  }
  if (described.length !== tracks.length)
    throw verifyFailed(
      `manifest.mpd has ${described.length} representations, and there are ${tracks.length} renditions`,
    );
}

/** Of each representation the names of its files, a line each. */
async function readManifest(reader: PublishedReader): Promise<string[]> {
  const text = await reader.text('manifest.mpd');
  try {
    const { playlists, mediaGroups } = parse(text, { manifestUri: BASE });
    const groups = Object.values(mediaGroups.AUDIO).flatMap((group) => Object.values(group));
    return [...playlists, ...groups.flatMap((group) => group.playlists)].map(({ segments }) =>
      [segments[0]?.map.resolvedUri, ...segments.map(({ resolvedUri }) => resolvedUri)]
        .map((address) => address?.slice(BASE.length))
        .join('\n'),
    );
  } catch (error) {
    throw verifyFailed(`manifest.mpd cannot be read: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}
