import * as z from 'zod';

/** One rung of a ladder. Heights are of a 16:9 picture; other shapes get the same number of lines on their short side. */
export const Rung = z.object({
  /** Lines of the short side. */
  height: z.int().min(16).max(4320),
  /** Average cap at up to 30 frames/s, in bits per second; the peak is at most twice that. */
  bitRate: z.int().min(32_000),
});
export type Rung = z.infer<typeof Rung>;

export const Preset = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  title: z.string().max(80),
  description: z.string().max(400),
  ladder: z.array(Rung).min(1).max(12),
  /** x264's constant rate factor: the quality where the cap does not bind. Lower is better. */
  crf: z.number().min(10).max(40),
  /** x264's own speed preset. */
  speed: z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow', 'slower']),
  audioBitRate: z.int().min(32_000).max(512_000),
  /** Lowest mean VMAF a published top rendition may have; absent: quality is told but does not decide. */
  qualityFloor: z.number().min(0).max(100).optional(),
});
export type Preset = z.infer<typeof Preset>;

/** One rung a height of Apple's HLS authoring specification, kbit/s average at up to 30 frames/s. */
const APPLE_LADDER: Rung[] = [
  { height: 234, bitRate: 145_000 },
  { height: 360, bitRate: 365_000 },
  { height: 432, bitRate: 730_000 },
  { height: 540, bitRate: 2_000_000 },
  { height: 720, bitRate: 3_000_000 },
  { height: 1080, bitRate: 6_000_000 },
];

export const DEFAULT_PRESET = 'web';

/** The presets that every installation has. */
export const BUILT_IN_PRESETS: readonly Preset[] = [
  {
    name: DEFAULT_PRESET,
    title: 'Web',
    description: 'H.264 and AAC for every browser and phone, six rungs up to 1080p.',
    ladder: APPLE_LADDER,
    crf: 21,
    speed: 'veryfast',
    audioBitRate: 128_000,
  },
  {
    name: 'web-fine',
    title: 'Web, fine',
    description:
      'The same ladder, encoded with more care: smaller and slower. Ready only if VMAF of the top rung is at least 80.',
    ladder: APPLE_LADDER,
    crf: 20,
    speed: 'medium',
    audioBitRate: 160_000,
    qualityFloor: 80,
  },
  {
    name: 'preview',
    title: 'Preview',
    description: 'One small rendition, as fast as it goes.',
    ladder: [{ height: 360, bitRate: 800_000 }],
    crf: 26,
    speed: 'ultrafast',
    audioBitRate: 96_000,
  },
];
