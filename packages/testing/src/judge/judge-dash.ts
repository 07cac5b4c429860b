import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'mpd-parser';
import type { Published } from './published.ts';

/** The MPD must describe the very files that the playlists name. */
export async function judgeDash(folder: string, published: Published): Promise<string[]> {
  const manifest = parse(await readFile(path.join(folder, 'manifest.mpd'), 'utf8'), { manifestUri: 'http://judge/' });
  const audio = Object.values(manifest.mediaGroups.AUDIO['audio'] ?? {}).flatMap((group) => group.playlists);
  const complaints: string[] = [];
  const described = [...manifest.playlists, ...audio].map((playlist) =>
    playlist.segments.map((segment) => path.join(folder, new URL(segment.resolvedUri).pathname)).join('\n'),
  );
  const wanted = [...published.variants, ...published.audio].map((entry) =>
    entry.track.segments.map((segment) => path.normalize(segment.file)).join('\n'),
  );
  for (const [index, files] of wanted.entries()) {
    if (!described.includes(files)) {
      complaints.push(
        `manifest.mpd does not list the segments of ${[...published.variants, ...published.audio][index]?.track.uri}`,
      );
    }
  }
  if (described.length !== wanted.length)
    complaints.push(`manifest.mpd has ${described.length} representations, HLS ${wanted.length}`);
  for (const playlist of manifest.playlists) {
    const init = playlist.segments[0]?.map.resolvedUri;
    if (init === undefined) complaints.push('manifest.mpd has a representation without an initialization');
    else await stat(path.join(folder, new URL(init).pathname));
  }
  return complaints;
}
