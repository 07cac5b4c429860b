import { DEFAULT_PRESET } from '../constants.ts';
import type { Preset, Rung } from './preset.ts';

// Without zod, for pages that only show them.

export const ENCODER_SPEEDS = [
  ...(['ultrafast', 'superfast', 'veryfast', 'faster'] as const),
  ...(['fast', 'medium', 'slow', 'slower'] as const),
] as const;

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
