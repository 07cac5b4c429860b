import { dashManifest } from './dash-manifest.ts';
import { masterPlaylist } from './master-playlist.ts';
import { iframePlaylist, mediaPlaylist } from './media-playlist.ts';
import type { PackagedFile } from '../packaged-file.ts';
import type { Publication } from '../published-rendition.ts';

const PLAYLIST = 'application/vnd.apple.mpegurl';

/** Everything a player reads before the first segment, for HLS and for DASH. */
export function manifests(publication: Publication): PackagedFile[] {
  return [
    playlist('master.m3u8', masterPlaylist(publication)),
    {
      name: 'manifest.mpd',
      bytes: Buffer.from(dashManifest(publication)),
      contentType: 'application/dash+xml',
    },
    ...[...publication.video, ...publication.audio].map((rendition) =>
      playlist(`${rendition.planned.name}/index.m3u8`, mediaPlaylist(rendition)),
    ),
    ...publication.video.map((rendition) =>
      playlist(`${rendition.planned.name}/iframes.m3u8`, iframePlaylist(rendition)),
    ),
  ];
}

function playlist(name: string, text: string): PackagedFile {
  return { name, bytes: Buffer.from(text), contentType: PLAYLIST };
}
