import * as z from 'zod';
import { ENCODER_SPEEDS } from './built-in-presets.ts';
import { atMost, Line, Text } from '../text.ts';

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
  name: z.string(),
  title: z.string(),
  description: z.string(),
  ladder: Ladder,
  /** x264's constant rate factor: the quality where the cap does not bind. Lower is better. */
  crf: z.number('Enter a number').min(10, crfRange).max(40, crfRange),
  /** x264's own speed preset. */
  speed: z.enum(ENCODER_SPEEDS),
  audioBitRate: z.int(whole).min(32_000, audioRange).max(512_000, audioRange),
  /** Lowest mean VMAF a published top rendition may have; absent: quality is told but does not decide. */
  qualityFloor: z.number('Enter a number').min(0, floorRange).max(100, floorRange).optional(),
});
export type Preset = z.infer<typeof Preset>;

/** A preset as it is written; those that are stored may be older than a rule about their words. */
export const PresetInput = Preset.extend({
  name: Text.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Use a-z, 0-9 and -, at most 63 of them, not beginning with -'),
  title: Line.check(atMost(80, 'It is longer than 80 characters')),
  description: Text.check(atMost(400, 'It is longer than 400 characters')),
});
