import { TranscodeError, type Container, type Fraction, type StreamJumps } from '@transcode/contracts';
import { toNumber } from '@transcode/planner';
import { onOneClock } from '../clock/one-clock.ts';
import { countedTimes } from './counted-times.ts';
import type { DescribedStream } from '../described.ts';
import { parseFraction } from '../parse-fraction.ts';
import { presentationTimes, type PresentationTimes } from './presentation-times.ts';
import type { PacketTimes } from '../read-packets.ts';
import { refuseLongStills } from './refuse-long-still.ts';
import type { FrameSample } from './sample-frames.ts';

/** Their demuxers make up times by counting, and not those at which decoders show what they decode. */
const WITHOUT_TIMES: ReadonlySet<Container> = new Set(['mpegvideo', 'm4v', 'h264', 'hevc']);

export interface PictureFindings {
  readonly container: Container;
  readonly stream: DescribedStream;
  readonly timeBase: Fraction;
  readonly sample: FrameSample;
  readonly packets: PacketTimes;
  readonly jumps: StreamJumps['jumps'];
}

export interface PictureTimes {
  readonly shown: PresentationTimes;
  /** Ticks that the last frame is shown; 0 where nothing says. */
  readonly lastDuration: number;
  /** So much later than is meant decoders show its pictures, in seconds. */
  readonly lateSeconds: number;
  /** Its frames carry no times: each follows the one before, at this rate. */
  readonly counted?: Fraction;
}

/** When each frame of the picture is shown, however the container tells. */
export function pictureTimes({ container, stream, timeBase, sample, packets, jumps }: PictureFindings): PictureTimes {
  const hasTimes = packets.pts.some((time) => !Number.isNaN(time)) || packets.dts.some((time) => !Number.isNaN(time));
  if (WITHOUT_TIMES.has(container) || !hasTimes) {
    const { shown, rate } = countedTimes({
      ...{ packets, timeBase },
      sampled: { packets: Math.min(sample.packets, packets.pts.length), frames: sample.frames.length },
      declared: parseFraction(stream.r_frame_rate) ?? parseFraction(stream.avg_frame_rate),
    });
    return { shown, lastDuration: 0, lateSeconds: 0, counted: rate };
  }
  const decoded = sample.frames.map((frame) => frame.best_effort_timestamp).filter((time) => time !== undefined);
  const secondsPerTick = toNumber(timeBase);
  const shown = presentationTimes(onOneClock(packets, jumps), decoded, 1 / secondsPerTick);
  if (shown.times.length === 0) throw new TranscodeError('source_unreadable', { reason: 'it holds no frames' });
  refuseLongStills(shown.times, secondsPerTick);
  // Decoding cannot start at a time that the file has twice.
  return {
    shown: jumps.length === 0 ? shown : { ...shown, keys: [] },
    lastDuration: lastDuration(packets, container),
    lateSeconds: container === 'avi' ? lateTicks(sample, packets, decoded[0]) * secondsPerTick : 0,
  };
}

/**
 * In MP4 packets say how long it is until the next one is decoded, all of them together until the last is over; where pictures are reordered
 * the one that is shown last has the length of another.
 */
function lastDuration({ pts, latest, lastDuration: said, durations }: PacketTimes, container: Container): number {
  if (container !== 'mp4' || pts.at(-1) === latest) return said;
  const rest = pts.reduce((least, time) => Math.min(least, time), Infinity) + durations - latest;
  return rest > 0 ? Math.min(rest, said) : said;
}

/**
 * AVI does not say when a picture is shown: each is at its place in the file. Decoders that wait for another to put them in order give the
 * first one the time at which they have it, unless they have it late as the first ones are broken.
 */
function lateTicks({ frames, packets: sampled }: FrameSample, { dts }: PacketTimes, firstShown = NaN): number {
  const areAllThere = frames.length + 1 >= Math.min(sampled, dts.length);
  const late = firstShown - (dts.find((time) => !Number.isNaN(time)) ?? NaN);
  return areAllThere && late > 0 ? late : 0;
}
