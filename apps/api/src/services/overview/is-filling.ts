import type { DiskRoom } from '@transcode/storage';

/** A tenth of a small disk is little; a tenth of a large one is enough for days. */
const SHARE = 0.1;
const BYTES = 100e9;

/** Whether somebody should make room before it is too late. What stays free anyway is no room. */
export function isFilling({ freeBytes, totalBytes, reserveBytes }: DiskRoom): boolean {
  return freeBytes - reserveBytes < Math.min(totalBytes * SHARE, BYTES);
}
