import * as z from 'zod';

/** A picture that can be shown alone: a byte range of its segment that holds the fragment's header and its IDR frame. */
export const KeyPicture = z.object({ tick: z.int(), ticks: z.int(), offset: z.int(), bytes: z.int() });

/** One segment as stored. `tick` is its decode and presentation start on the track's timescale. */
export const SegmentIndex = z.object({
  key: z.string(),
  tick: z.int().nonnegative(),
  ticks: z.int().positive(),
  /** Frames of video, AAC frames of audio. */
  frames: z.int().positive(),
  bytes: z.int().positive(),
  sha256: z.string().length(64),
  keyPictures: z.array(KeyPicture),
});
export type SegmentIndex = z.infer<typeof SegmentIndex>;

/** What one encode of one rendition's chunk left in storage. */
export const RenditionChunkIndex = z.object({
  rendition: z.string(),
  kind: z.enum(['video', 'audio']),
  init: z.object({ key: z.string(), bytes: z.int().positive(), sha256: z.string().length(64) }),
  /** RFC 6381, read from the init segment: `avc1.64001f`, `mp4a.40.2`. */
  codec: z.string(),
  timescale: z.int().positive(),
  width: z.int().optional(),
  height: z.int().optional(),
  channels: z.int().optional(),
  sampleRate: z.int().optional(),
  /** sha256 over ffmpeg's build, the encoder and its options. */
  fingerprint: z.string(),
  segments: z.array(SegmentIndex).min(1),
});
export type RenditionChunkIndex = z.infer<typeof RenditionChunkIndex>;

/** `Chunk.index`: every rendition of one chunk (video) or of the whole (audio). `cpuSeconds`, `wallSeconds` are ffmpeg's. */
export const ChunkIndex = z.object({
  renditions: z.array(RenditionChunkIndex).min(1),
  cpuSeconds: z.number().nonnegative(),
  wallSeconds: z.number().nonnegative(),
});
export type ChunkIndex = z.infer<typeof ChunkIndex>;

/** `Job.published`: the names of a published folder that are not segments, and the keys they stand for. */
export const PublishedFolder = z.object({
  files: z.array(
    z.object({ name: z.string(), key: z.string(), bytes: z.int().nonnegative(), contentType: z.string() }),
  ),
  /** Name of the poster and of the storyboard's WebVTT in `files`; absent where none could be made. */
  poster: z.string().optional(),
  storyboard: z.string().optional(),
});
export type PublishedFolder = z.infer<typeof PublishedFolder>;
