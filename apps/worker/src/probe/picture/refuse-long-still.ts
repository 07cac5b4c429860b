import { SOURCE_LIMITS, TranscodeError, type AudioStream, type VideoStream } from '@transcode/contracts';

/** For so much of the time that a picture is held for a sound, at least, there has to be sound. */
const LEAST_HEARD = 0.5;

/**
 * Pictures that stay for hours are damage, or made to keep us busy: a file of a kilobyte would have us encode the same frame a million
 * times. `times` ascend, in ticks.
 */
export function refuseLongStills(times: Float64Array, secondsPerTick: number): void {
  const { stillSeconds, averageStillSeconds } = SOURCE_LIMITS;
  let longest = 0;
  for (const [place, time] of times.entries()) longest = Math.max(longest, time - (times[place - 1] ?? time));
  refuseStill(longest * secondsPerTick);
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) * secondsPerTick;
  const average = seconds / (times.length - 1);
  if (seconds <= stillSeconds || average <= averageStillSeconds) return;
  const what = `a new picture only every ${Math.round(average)} s`;
  throw new TranscodeError('source_too_large', { what, limit: `${averageStillSeconds} s between two` });
}

/** The same for the first picture, which is held from where the sound begins, and for the last, for as long as it says. */
export function refuseLongHold(
  {
    startSeconds,
    endSeconds,
    lastSeconds = endSeconds,
  }: Pick<VideoStream, 'startSeconds' | 'endSeconds' | 'lastSeconds'>,
  sounds: readonly Pick<AudioStream, 'startSeconds'>[],
): void {
  refuseStill(endSeconds - lastSeconds);
  refuseStill(startSeconds - Math.min(startSeconds, ...sounds.map((sound) => sound.startSeconds)));
}

/** The last picture is held to the end of the sound, where there is sound: a time that a file merely claims is none. */
export function refuseLongTail(
  { endSeconds }: Pick<VideoStream, 'endSeconds'>,
  sounds: readonly { readonly end: number; readonly seconds: number }[],
): void {
  for (const { end, seconds } of sounds) if (seconds < (end - endSeconds) * LEAST_HEARD) refuseStill(end - endSeconds);
}

function refuseStill(seconds: number): void {
  const { stillSeconds } = SOURCE_LIMITS;
  if (!(seconds > stillSeconds)) return;
  const what = `a picture that stays for ${(seconds / 3600).toFixed(1)} hours`;
  throw new TranscodeError('source_too_large', { what, limit: `${stillSeconds / 3600} hour` });
}
