import { SOURCE_LIMITS, TranscodeError } from '@transcode/contracts';

/**
 * A picture that stays for hours is damage, or made to keep us busy: a file of a kilobyte would have us encode the same frame a million
 * times. `times` ascend, in ticks.
 */
export function refuseLongStill(times: Float64Array, secondsPerTick: number): void {
  let before = times[0] ?? 0;
  for (const time of times) {
    const seconds = (time - before) * secondsPerTick;
    if (seconds > SOURCE_LIMITS.stillSeconds) {
      const limit = `${SOURCE_LIMITS.stillSeconds / 3600} hour`;
      throw new TranscodeError('source_too_large', { what: `a picture that stays for ${hours(seconds)}`, limit });
    }
    before = time;
  }
}

function hours(seconds: number): string {
  return `${(seconds / 3600).toFixed(1)} hours`;
}
