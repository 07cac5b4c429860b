import * as z from 'zod';
import { Fraction } from './fraction.ts';
import { PLAN_VERSIONS } from './plan-versions.ts';
import { PictureDecoder, StreamJumps } from './probe.ts';

/**
 * The constant frame grid all renditions share. Frame `n` is shown at `n * frameTicks / timescale` seconds after `zeroSeconds`
 * of the source's clock, which is the zero of the published video and audio alike.
 */
export const Grid = z.object({
  rate: Fraction,
  frames: z.int().positive(),
  /** Places that the source's pictures fill; the last of them is held for the rest. Absent: all. */
  pictureFrames: z.int().positive().optional(),
  timescale: z.int().positive(),
  frameTicks: z.int().positive(),
  zeroSeconds: z.number(),
  gopFrames: z.int().positive(),
  segmentFrames: z.int().positive(),
});
export type Grid = z.infer<typeof Grid>;

export const Encoder = z.object({
  name: z.literal('libx264'),
  /** ffmpeg output options of this rendition in the order they are given, without the muxer's. */
  options: z.array(z.string()),
});

export const VideoRendition = z.object({
  kind: z.literal('video'),
  /** Folder and id in manifests, `v720`: unique in the plan, only a-z, 0-9 and `-`. */
  name: z.string().regex(/^[a-z0-9-]+$/),
  width: z.int().positive(),
  height: z.int().positive(),
  /** The rung's average cap and its peak, in bits per second. */
  bitRate: z.int().positive(),
  peakBitRate: z.int().positive(),
  encoder: Encoder,
});
export type VideoRendition = z.infer<typeof VideoRendition>;

export const AudioRendition = z.object({
  kind: z.literal('audio'),
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** Stream index in the source. */
  streamIndex: z.int().nonnegative(),
  /** Those that are joined with it: in many sources each channel is a stream of its own. */
  furtherStreams: z.array(z.int().nonnegative()).default([]),
  /** Where the source's timestamps make no sense: when the first sample is heard, on the source's clock. All others follow it. */
  countedFromSeconds: z.number().optional(),
  /** BCP 47, `und` where the source does not say. */
  language: z.string(),
  label: z.string(),
  isDefault: z.boolean(),
  channels: z.int().min(1).max(2),
  sampleRate: z.int().positive(),
  bitRate: z.int().positive(),
  /** ffmpeg filter chain that makes the stream mono or stereo of one rate, whatever it changes to in the middle. */
  inputFilter: z.string().default('anull'),
  /** What then brings it to the common clock. */
  filter: z.string(),
  /** What joins several streams. */
  joinFilter: z.string().optional(),
  options: z.array(z.string()),
});
export type AudioRendition = z.infer<typeof AudioRendition>;

/** Frames `startFrame` (included) to `endFrame` (excluded) of the grid; both on segment boundaries but for the last end. */
export const PlannedChunk = z.object({
  index: z.int().nonnegative(),
  startFrame: z.int().nonnegative(),
  endFrame: z.int().positive(),
  /** Where decoding starts, in seconds on the source's clock; absent: at the beginning. */
  seekSeconds: z.number().optional(),
});
export type PlannedChunk = z.infer<typeof PlannedChunk>;

export const Plan = z.object({
  version: z.literal(Object.values(PLAN_VERSIONS)),
  preset: z.string(),
  /** ffmpeg's demuxer name, the only one allowed to open the source. */
  demuxer: z.string(),
  videoStreamIndex: z.int().nonnegative(),
  /** What decodes the picture; absent: ffmpeg's choice. */
  decoder: PictureDecoder.optional(),
  /** As the probe says. */
  isWithoutEdits: z.boolean().optional(),
  /** What brings streams whose clock jumps on one. */
  clock: z.array(StreamJumps).optional(),
  grid: Grid,
  /**
   * Filters that make the source's picture the reference: upright, square pixels, progressive, on the grid's rate, BT.709 8 bit.
   * The encoder's split and the measurement's reference both start from it.
   */
  referenceFilter: z.string(),
  reference: z.object({ width: z.int().positive(), height: z.int().positive() }),
  /** The reference filter turns pictures upright itself, and ffmpeg must not. */
  isTurnedByFilter: z.boolean().default(false),
  /** Highest first. */
  video: z.array(VideoRendition).min(1),
  audio: z.array(AudioRendition),
  chunks: z.array(PlannedChunk).min(1),
  /** Published duration, in seconds: the longer of picture and sound. */
  durationSeconds: z.number().positive(),
  /** Seconds between two storyboard pictures, size of one, and pictures a sheet. */
  storyboard: z.object({
    everySeconds: z.number().positive(),
    width: z.int(),
    height: z.int(),
    columns: z.int(),
    rows: z.int(),
  }),
  qualityFloor: z.number().optional(),
  /** What was decided and why, one sentence each, for people. */
  notes: z.array(z.string()),
});
export type Plan = z.infer<typeof Plan>;
