import { TranscodeError, type Container, type StreamJumps, type VideoStream } from '@transcode/contracts';
import { toNumber } from '@transcode/planner';
import { shapesOnOneClock } from '../clock/shapes-on-one-clock.ts';
import { timeBaseOf } from '../described.ts';
import type { PacketTimes } from '../read-packets.ts';
import { describeVideo } from './describe-video.ts';
import type { FoundPicture } from './find-picture.ts';
import { pictureTimes } from './picture-times.ts';

export interface PictureOf {
  readonly video: VideoStream;
  readonly packets: PacketTimes;
  /** Frames before the first that can be decoded. */
  readonly undecodable: number;
  /** So much later than is meant decoders show its pictures, in seconds: all sound is moved by as much. */
  readonly lateSeconds: number;
}

/** Describes the picture, on one clock though its own jumps. */
export function pictureOf(
  { stream, sample, decoder, packets: all, shapes, areAllShapes }: FoundPicture,
  { container, jumps }: { container: Container; jumps: StreamJumps['jumps'] },
): PictureOf {
  const packets = all.pictures.get(stream.index);
  if (packets === undefined) throw new TranscodeError('source_unreadable', { reason: 'it holds no frames' });
  const timeBase = timeBaseOf(stream);
  const times = pictureTimes({ container, stream, sample, packets, timeBase, jumps });
  const video = describeVideo({
    ...{ container, stream, timeBase, frames: sample.frames, ...times },
    shapes: shapesOnOneClock(shapes, packets, { jumps, secondsPerTick: toNumber(timeBase) }),
    ...{ areAllShapes, decoder },
  });
  return { video, packets, undecodable: times.shown.undecodable, lateSeconds: times.lateSeconds };
}
