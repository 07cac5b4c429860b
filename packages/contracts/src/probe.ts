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
]);
export type Container = z.infer<typeof Container>;

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

/**
 * Times are in seconds on the source's own clock (container start included), frames in presentation order.
 * `width` and `height` are the coded picture; `displayWidth` and `displayHeight` are upright with square pixels.
 */
export const VideoStream = z.object({
  index: z.int().nonnegative(),
  codec: z.string(),
  profile: z.string().optional(),
  width: z.int().positive(),
  height: z.int().positive(),
  displayWidth: z.int().positive(),
  displayHeight: z.int().positive(),
  sampleAspect: Fraction,
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
  bitRate: z.number().nonnegative().optional(),
});
export type AudioStream = z.infer<typeof AudioStream>;

export const Probe = z.object({
  container: Container,
  bytes: z.int().nonnegative(),
  /** From the earliest start to the latest end of the streams we use, in seconds. */
  durationSeconds: z.number().positive(),
  video: VideoStream,
  audio: z.array(AudioStream),
  subtitles: z.array(z.object({ index: z.int(), codec: z.string(), language: z.string().optional() })),
  /** Sentences about what is unusual but not refused. */
  warnings: z.array(z.string()),
});
export type Probe = z.infer<typeof Probe>;
