import { TranscodeError } from '@transcode/contracts';

/** Decoding times grow; containers that round, and edits, move them back by less than this. */
const MOST_SECONDS = 1;

/**
 * Parts that were joined without a common clock lie over each other: of such a file only one of them could be shown, and nobody
 * would be told that the other is missing. `dts` in ticks, NaN where unknown.
 */
export function refuseClockJump(dts: readonly number[], secondsPerTick: number): void {
  let latest = -Infinity;
  for (const time of dts) {
    if (Number.isNaN(time)) continue;
    const back = (latest - time) * secondsPerTick;
    if (back > MOST_SECONDS) {
      const reason = `its clock jumps back by ${back.toFixed(1)} s, as where parts were joined; join them again with new timestamps`;
      throw new TranscodeError('source_unreadable', { reason });
    }
    latest = Math.max(latest, time);
  }
}
