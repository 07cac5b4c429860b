import { counted } from '@transcode/contracts';

/** `1 video`, `12 videos`. */
export function videosWords(count: number): string {
  return counted(count, 'video');
}
