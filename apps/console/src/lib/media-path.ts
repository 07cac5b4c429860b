/** The path of one of the API's addresses: the page asks its own origin, by whatever name it was reached. */
export function mediaPath(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '');
}

/** What a file is called in the published folder: the same whatever grant its address has. */
export function nameInFolder(url: string | null): string {
  return url?.split('/').at(-1) ?? '';
}

/** A file of the published folder, found beside its master playlist. */
export function besidePlaylist(playbackUrl: string, name: string): string {
  return mediaPath(playbackUrl).replace(/[^/]+$/, name);
}
