import { SOURCE_LIMITS, TranscodeError } from '@transcode/contracts';

/**
 * Pictures that stay for hours are damage, or made to keep us busy: a file of a kilobyte would have us encode the same frame a million
 * times. `times` ascend, in ticks.
 */
export function refuseLongStill(times: Float64Array, secondsPerTick: number): void {
  const { stillSeconds, averageStillSeconds } = SOURCE_LIMITS;
  let longest = 0;
  for (const [place, time] of times.entries()) longest = Math.max(longest, time - (times[place - 1] ?? time));
  const still = longest * secondsPerTick;
  if (still > stillSeconds) {
    const what = `a picture that stays for ${(still / 3600).toFixed(1)} hours`;
    throw new TranscodeError('source_too_large', { what, limit: `${stillSeconds / 3600} hour` });
  }
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) * secondsPerTick;
  const average = seconds / (times.length - 1);
  if (seconds <= stillSeconds || average <= averageStillSeconds) return;
  const what = `a new picture only every ${Math.round(average)} s`;
  throw new TranscodeError('source_too_large', { what, limit: `${averageStillSeconds} s between two` });
}
