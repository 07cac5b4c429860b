/** `1 video`, `12 videos`. */
export function videosWords(count: number): string {
  return count === 1 ? '1 video' : `${count} videos`;
}
