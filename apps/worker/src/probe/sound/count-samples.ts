import type { AudioStream, Container } from '@transcode/contracts';
import { evenFilter } from '@transcode/planner';
import { hearFfmpeg, type Trial } from '../try-ffmpeg.ts';
import { startOf, type TimedSound } from './start-of.ts';
import { whyNot } from './try-sounds.ts';

const FRAME = /\bpts:\s*(?:NOPTS|-?\d+) pts_time:\s*(NOPTS|-?[\d.e+-]+) .*?\brate:(\d+) nb_samples:(\d+)/;

/** After so many times every second one is enough, and so on: a day of sound has millions. */
const MOST_TIMED = 200_000;

/** When a stream whose timestamps make no sense starts and ends: all of it is decoded. Or why that cannot be, as a sentence's end. */
export async function countSamples(
  run: Trial,
  container: Container,
  sound: AudioStream,
): Promise<AudioStream | string> {
  let timed: TimedSound[] = [];
  let [length, frames, oneIn] = [0, 0, 1];
  const found = await hearFfmpeg(run, {
    before: ['-max_error_rate', '1'],
    output: ['-map', `0:${sound.index}`, '-af', `${evenFilter(sound)},ashowinfo`, '-f', 'null', '-'],
    hear: (line) => {
      const [, time, rate, samples] = FRAME.exec(line) ?? [];
      if (samples === undefined) return;
      if (time !== 'NOPTS' && frames % oneIn === 0) timed.push({ time: Number(time), before: length });
      frames += 1;
      if (timed.length === MOST_TIMED) {
        timed = timed.filter((_, position) => position % 2 === 0);
        oneIn *= 2;
      }
      length += Number(samples) / Number(rate);
    },
  });
  // What breaks off is as long as what could be heard of it; what crashes or comes to no end would do so when it is encoded.
  const { failure, diagnostics } = found;
  const isOrdinary = failure === undefined || (failure.code === 'source_unreadable' && !diagnostics.lacksMemory);
  if (!isOrdinary || length === 0) return whyNot(found);
  const start = startOf(timed, container);
  return { ...sound, startSeconds: start, endSeconds: start + length, isCounted: true };
}
