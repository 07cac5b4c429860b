import * as z from 'zod';
import { Fraction } from './fraction.ts';

/** What our own sniffing of the first bytes found; each has exactly one ffmpeg demuxer that may open it. */
export const Container = z.enum([
  'mp4',
  'matroska',
  'mpegts',
  'mpegps',
  'avi',
  'flv',
  'ogg',
  'gif',
  'asf',
  'mxf',
  'wav',
  'mp3',
  'flac',
  'aac',
  'mpegvideo',
  'm4v',
  'h264',
  'hevc',
  'ivf',
  'obu',
  'y4m',
  'dv',
]);
export type Container = z.infer<typeof Container>;

/** Decoders that see more in a picture than those which ffmpeg chooses: transparency. */
export const PictureDecoder = z.enum(['libvpx', 'libvpx-vp9']);
export type PictureDecoder = z.infer<typeof PictureDecoder>;

/** `tff`: the top field comes first in time. */
export const Scan = z.enum(['progressive', 'tff', 'bff']);
export const DynamicRange = z.enum(['sdr', 'hdr10', 'hlg']);

/** ffmpeg's names; absent where the source does not say. */
export const Colour = z.object({
  primaries: z.string().optional(),
  transfer: z.string().optional(),
  matrix: z.string().optional(),
  range: z.enum(['tv', 'pc']).optional(),
});
export type Colour = z.infer<typeof Colour>;

/** Decoding can start here. When it is shown and when it is decoded, which a container without an index is searched by. */
export const Keyframe = z.object({ shownSeconds: z.number(), decodedSeconds: z.number() });
export type Keyframe = z.infer<typeof Keyframe>;

/** A picture's size as coded and the aspect of its pixels, from when on it is so. */
export const Shape = z.object({
  fromSeconds: z.number(),
  width: z.int().positive(),
  height: z.int().positive(),
  sampleAspect: Fraction,
});
export type Shape = z.infer<typeof Shape>;

/**
 * Times are in seconds on the source's own clock (container start included), frames in presentation order.
 * `width` and `height` are the coded picture; `displayWidth` and `displayHeight` are upright with square pixels,
 * and the largest where pictures change their shape.
 */
export const VideoStream = z.object({
  index: z.int().nonnegative(),
  codec: z.string(),
  profile: z.string().optional(),
  width: z.int().positive(),
  height: z.int().positive(),
  displayWidth: z.int().positive(),
  displayHeight: z.int().positive(),
  /** So many coded lines on top are no picture, and not counted in `height`. */
  blankLines: z.int().positive().optional(),
  sampleAspect: Fraction,
  /** The shapes that its pictures have one after another, where they are several, or may be. */
  shapes: z.array(Shape).optional(),
  /** There may be others than those: not all key frames were looked at, or the codec changes them between key frames. */
  mayChangeShape: z.boolean().optional(),
  /** Clockwise degrees by which the picture has to be turned to stand upright. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  mirrored: z.boolean(),
  pixelFormat: z.string(),
  bitDepth: z.int().positive(),
  hasAlpha: z.boolean(),
  colour: Colour,
  dynamicRange: DynamicRange,
  scan: Scan,
  timeBase: Fraction,
  /** `constant`: every frame lies on the grid of `rate` within the container's precision. */
  rateKind: z.enum(['constant', 'variable']),
  /** Exact for constant sources, the average for variable ones, in frames per second. */
  rate: Fraction,
  frames: z.int().positive(),
  startSeconds: z.number(),
  /** Start of the last frame. */
  lastSeconds: z.number().optional(),
  /** End of the last frame. */
  endSeconds: z.number(),
  /** Key frames in the order of their showing, no two of them within a second. */
  keyframes: z.array(Keyframe),
  /** The first frame comes before its place on the grid of all others. */
  isFirstEarly: z.boolean().optional(),
  /** What has to decode it; absent: ffmpeg's choice. */
  decoder: PictureDecoder.optional(),
  /** Its frames carry no times: the n-th is shown at `n / rate`. */
  isCounted: z.boolean().optional(),
  bitRate: z.number().nonnegative().optional(),
});
export type VideoStream = z.infer<typeof VideoStream>;

export const AudioStream = z.object({
  index: z.int().nonnegative(),
  codec: z.string(),
  profile: z.string().optional(),
  channels: z.int().positive(),
  layout: z.string().optional(),
  sampleRate: z.int().positive(),
  language: z.string().optional(),
  title: z.string().optional(),
  isDefault: z.boolean(),
  startSeconds: z.number(),
  endSeconds: z.number(),
  /** Its timestamps are missing or make no sense; when it starts and ends was found by counting its samples. */
  isCounted: z.boolean().optional(),
  bitRate: z.number().nonnegative().optional(),
});
export type AudioStream = z.infer<typeof AudioStream>;

/** Where the clock of a stream jumps: from this packet of it on, counted from 0, so many ticks are added to its times. */
export const StreamJumps = z.object({
  streamIndex: z.int().nonnegative(),
  jumps: z.array(z.object({ fromPacket: z.int().nonnegative(), ticks: z.int() })),
});
export type StreamJumps = z.infer<typeof StreamJumps>;

/** What is in the source and not in its video; subtitles have a list of their own. */
export const LeftOutStream = z.object({
  index: z.int().nonnegative(),
  kind: z.enum(['picture', 'cover', 'sound', 'attachment', 'data']),
  codec: z.string(),
  language: z.string().optional(),
  title: z.string().optional(),
  /** The end of a sentence, where it could have been used. */
  why: z.string().optional(),
});
export type LeftOutStream = z.infer<typeof LeftOutStream>;

export const Probe = z.object({
  container: Container,
  bytes: z.int().nonnegative(),
  /** From the earliest start to the latest end of the streams we use, in seconds. */
  durationSeconds: z.number().positive(),
  video: VideoStream,
  audio: z.array(AudioStream),
  subtitles: z.array(
    z.object({
      index: z.int(),
      codec: z.string(),
      language: z.string().optional(),
      title: z.string().optional(),
    }),
  ),
  /** Absent in probes from before it was looked for. */
  leftOut: z.array(LeftOutStream).optional(),
  /** Edits would leave nothing of a stream: none is carried out, but for when each stream begins. */
  isWithoutEdits: z.boolean().optional(),
  /** Of each stream whose clock jumps; absent where none does. Times above are on the one clock that this makes. */
  clock: z.array(StreamJumps).optional(),
  /** Sentences about what is unusual but not refused. */
  warnings: z.array(z.string()),
});
export type Probe = z.infer<typeof Probe>;
