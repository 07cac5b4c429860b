import { SOURCE_LIMITS } from '@transcode/contracts';

/** How long it may take to find out what a file of so many bytes is: every packet of it is read. */
export function probeMilliseconds(bytes: number): number {
  return SOURCE_LIMITS.probeMs + Math.ceil(bytes / SOURCE_LIMITS.probeBytesPerMs);
}
