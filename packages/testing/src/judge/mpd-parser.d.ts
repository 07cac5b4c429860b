declare module 'mpd-parser' {
  interface Segment {
    uri: string;
    resolvedUri: string;
    duration: number;
    presentationTime: number;
    map: { uri: string; resolvedUri: string };
  }
  interface Playlist {
    attributes: { BANDWIDTH: number; CODECS: string; RESOLUTION?: { width: number; height: number } };
    segments: Segment[];
  }
  export function parse(
    manifest: string,
    options: { manifestUri: string },
  ): {
    duration: number;
    playlists: Playlist[];
    mediaGroups: { AUDIO: Record<string, Record<string, { language: string; playlists: Playlist[] }>> };
  };
}
