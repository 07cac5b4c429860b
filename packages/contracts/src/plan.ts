import * as z from 'zod';
import { Fraction } from './fraction.ts';

/** Grown whenever a stored plan of the older shape could not be carried out any more. */
export const PLAN_VERSION = 1;

/**
 * The constant frame grid all renditions share. Frame `n` is shown at `n * frameTicks / timescale` seconds after `zeroSeconds`
 * of the source's clock, which is the zero of the published video and audio alike.
 */
export const Grid = z.object({
  rate: Fraction,
  frames: z.int().positive(),
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
  version: z.literal(PLAN_VERSION),
  preset: z.string(),
  /** ffmpeg's demuxer name, the only one allowed to open the source. */
  demuxer: z.string(),
  videoStreamIndex: z.int().nonnegative(),
  grid: Grid,
  /**
   * Filters that make the source's picture the reference: upright, square pixels, progressive, on the grid's rate, BT.709 8 bit.
   * The encoder's split and the measurement's reference both start from it.
   */
  referenceFilter: z.string(),
  reference: z.object({ width: z.int().positive(), height: z.int().positive() }),
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
