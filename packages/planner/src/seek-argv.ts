import { decimal } from './picture/grid-filter.ts';

/** The grid is counted from this many frames before a cut, so that what decides about its first frames has been seen. */
const LEAD_FRAMES = 45;

export function leadInFrame(startFrame: number): number {
  return Math.max(0, startFrame - LEAD_FRAMES);
}

/** Starts decoding at the key frame that was planned: what comes too early is dropped by the grid, exactly. */
export function seekArgv({ seekSeconds }: { seekSeconds?: number | undefined }): string[] {
  return seekSeconds === undefined ? [] : ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', decimal(seekSeconds)];
}
