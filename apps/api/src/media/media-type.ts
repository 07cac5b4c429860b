const TYPES: Readonly<Record<string, string>> = {
  m3u8: 'application/vnd.apple.mpegurl',
  mpd: 'application/dash+xml',
  vtt: 'text/vtt; charset=utf-8',
  jpg: 'image/jpeg',
};

/** Type of a file of a published folder by its name; audio renditions' folders start with `a-`. */
export function mediaTypeOf(name: string): string {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  if (extension === 'm4s' || extension === 'mp4') return name.startsWith('a-') ? 'audio/mp4' : 'video/mp4';
  return TYPES[extension] ?? 'application/octet-stream';
}

/** Manifests may be written anew; everything else under a grant never changes. */
export function isManifest(name: string): boolean {
  return name.endsWith('.m3u8') || name.endsWith('.mpd');
}
