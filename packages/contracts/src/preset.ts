import * as z from 'zod';
import { DEFAULT_PRESET } from './constants.ts';

/** Sentences for who fills in a preset: each says what would be right. */
const whole = 'Enter a whole number';
const between = (least: string, most: string): string => `It has to be from ${least} to ${most}`;

const LEAST_HEIGHT = 16;
const MOST_HEIGHT = 4320;
const heightRange = between(`${LEAST_HEIGHT}`, `${MOST_HEIGHT} lines`);
const bitRateRange = 'It has to be at least 32 kb/s';
const audioRange = between('32 kb/s', '512 kb/s');
const crfRange = between('10', '40');
const floorRange = between('0', '100');

/** One rung of a ladder. Heights are of a 16:9 picture; other shapes get the same number of lines on their short side. */
export const Rung = z.object({
  /** Lines of the short side. */
  height: z.int(whole).min(LEAST_HEIGHT, heightRange).max(MOST_HEIGHT, heightRange),
  /** Average cap at up to 30 frames/s, in bits per second; the peak is at most twice that. */
  bitRate: z.int(whole).min(32_000, bitRateRange),
});
export type Rung = z.infer<typeof Rung>;

/** Renditions are named by their height, and a larger picture with fewer bits is of no use to a player. */
const Ladder = z
  .array(Rung)
  .min(1, 'A ladder has at least one rung')
  .max(12, 'A ladder has at most 12 rungs')
  .refine((rungs) => new Set(rungs.map(({ height }) => height)).size === rungs.length, 'Each height can be there once')
  .refine((rungs) => {
    const byHeight = rungs.toSorted((a, b) => a.height - b.height);
    return byHeight.every(({ bitRate }, at) => at === 0 || bitRate > (byHeight[at - 1]?.bitRate ?? 0));
  }, 'A higher rung needs a higher bit rate than the one below it');

export const Preset = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Use a-z, 0-9 and -, at most 63 of them, not beginning with -'),
  title: z.string().max(80, 'It is longer than 80 characters'),
  description: z.string().max(400, 'It is longer than 400 characters'),
  ladder: Ladder,
  /** x264's constant rate factor: the quality where the cap does not bind. Lower is better. */
  crf: z.number('Enter a number').min(10, crfRange).max(40, crfRange),
  /** x264's own speed preset. */
  speed: z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow', 'slower']),
  audioBitRate: z.int(whole).min(32_000, audioRange).max(512_000, audioRange),
  /** Lowest mean VMAF a published top rendition may have; absent: quality is told but does not decide. */
  qualityFloor: z.number('Enter a number').min(0, floorRange).max(100, floorRange).optional(),
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
