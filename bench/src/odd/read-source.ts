import { frameTimes, lastFrameSeconds, readBeeps, readPattern, type PatternFrame } from '@transcode/testing/media';
import type { JudgeTools } from '@transcode/testing/judge';

/** Moves a source's clock so that its picture begins here, and sound that is earlier is not before 0. */
const START = 10;
/** Beeps further away do not belong to a flash. */
const BELONGS = 0.5;

export interface SourceFacts {
  readonly frames: readonly PatternFrame[];
  /** In seconds, the first at `START`. */
  readonly times: readonly number[];
  readonly lastSeconds: number;
  /** From each flash, by its number, to its beep. */
  readonly distances: ReadonlyMap<number, number>;
}

/** A source as ffmpeg and ffprobe see it. */
export async function readSource(
  { ffmpeg, ffprobe }: JudgeTools,
  input: string,
  { width, height, hasSound }: { width: number; height: number; hasSound: boolean },
): Promise<SourceFacts> {
  // What is said of colours is not of interest here, and ffmpeg cannot follow all of it.
  const plain = 'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709';
  const filter = `${plain},scale=${width}:${height}:flags=area`;
  const frames = await readPattern({ ffmpeg, input, width, height, filter });
  const clock = await frameTimes(ffprobe, input);
  const shift = START - (clock[0] ?? 0);
  const times = clock.map((time) => time + shift);
  const lastSeconds = await lastFrameSeconds(ffprobe, input);
  const distances = new Map<number, number>();
  if (hasSound) {
    const { onsets } = await readBeeps({ ffmpeg, input, inputOptions: ['-itsoffset', String(shift)] });
    for (const { number, time } of flashesOf(frames, times)) {
      const nearest = nearestTo(onsets, time) - time;
      if (Math.abs(nearest) <= BELONGS) distances.set(number, nearest);
    }
  }
  return { frames, times, lastSeconds, distances };
}

export function nearestTo(moments: readonly number[], moment: number): number {
  return moments.reduce((best, each) => (Math.abs(each - moment) < Math.abs(best - moment) ? each : best), Infinity);
}

interface Flash {
  readonly number: number;
  readonly time: number;
}

/** Where each flash begins; a picture that is held goes on flashing. */
export function flashesOf(frames: readonly PatternFrame[], times: readonly number[]): Flash[] {
  return frames.flatMap(({ flash, number }, index) =>
    flash && frames[index - 1]?.flash !== true ? [{ number, time: times[index] ?? Number.NaN }] : [],
  );
}
