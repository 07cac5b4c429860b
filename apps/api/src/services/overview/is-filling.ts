export interface Room {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** A tenth of a small disk is little; a tenth of a large one is enough for days. */
const SHARE = 0.1;
const BYTES = 100e9;

/** Whether somebody should make room before it is too late. */
export function isFilling({ freeBytes, totalBytes }: Room): boolean {
  return freeBytes < Math.min(totalBytes * SHARE, BYTES);
}
