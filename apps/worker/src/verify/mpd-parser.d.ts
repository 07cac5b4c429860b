declare module 'mpd-parser' {
  interface Playlist {
    segments: { resolvedUri: string; map: { resolvedUri: string } }[];
  }
  export function parse(
    manifest: string,
    options: { manifestUri: string },
  ): { playlists: Playlist[]; mediaGroups: { AUDIO: Record<string, Record<string, { playlists: Playlist[] }>> } };
}
