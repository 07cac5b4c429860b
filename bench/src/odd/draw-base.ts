import { GOP_SECONDS, GOPS_PER_SEGMENT } from '@transcode/contracts';
import type { Random } from '@transcode/testing/random';
import { perSecond, secondsOf, type Draft } from './draft.ts';
import {
  FORMAT_NAMES,
  FORMATS,
  mayHaveBFrames,
  ratesOf,
  soundRates,
  type Codec,
  type FormatName,
  type SoundCodec,
} from './formats.ts';

/** The longest source, in seconds, and the most frames of one. */
export const MOST_SECONDS = 20;
const MOST_FRAMES = 1_000;
/** Of all frames together. */
const MOST_PIXELS = 50_000_000;
/** What people send, beside once each of all. */
const OFTEN: readonly FormatName[] = ['mp4', 'mp4', 'mov', 'mov', 'mkv', 'mkv', 'ts', 'ts', 'fragmented', 'webm', 'ps'];
/** Mostly small: what is tried is not the encoder. */
const SIZES = [
  [160, 90],
  [192, 108],
  [192, 108],
  [256, 144],
  [320, 180],
  [640, 360],
] as const;
/** Below that an encoder of sound may have nothing to say. */
const LEAST_SOUND = 0.2;
const WITH_SOUND = 0.75;

/** A source with nothing odd but its rate and its length. */
export function drawBase(random: Random): Draft {
  const format = random.pick([...FORMAT_NAMES, ...OFTEN]);
  const codec = random.pick<Codec>(FORMATS[format].codecs);
  const { standard, unusual } = ratesOf(format, codec);
  const rate = random.pick(random.next() < 0.75 ? standard : unusual);
  const frames = drawFrames(random, rate);
  // In smaller ones AV1's fast encoder mistakes numbers.
  const leastWidth = codec === 'av1' ? 256 : 0;
  const [width, height] = random.pick(
    SIZES.filter((size) => size[0] >= leastWidth && size[0] * size[1] * frames <= MOST_PIXELS),
  );
  const bFrames = mayHaveBFrames(format, codec) ? random.pick([0, 2]) : 0;
  const sounds: readonly SoundCodec[] = FORMATS[format].sounds;
  const seconds = secondsOf({ frames, rate });
  const hasSound = sounds.length > 0 && seconds >= LEAST_SOUND && random.next() < WITH_SOUND;
  return {
    ...{ format, codec, bFrames, rate, frames, width, height },
    ...{ dropped: [], isVariable: false, tracks: {}, oddities: [] },
    sounds: hasSound ? [drawSound(random, { format, seconds })] : [],
  };
}

export function drawSound(
  random: Random,
  { format, seconds }: Pick<Draft, 'format'> & { seconds: number },
): Draft['sounds'][number] {
  const codec = random.pick<SoundCodec>(FORMATS[format].sounds);
  const rate = random.pick(soundRates(format, codec));
  return { codec, rate, channels: random.pick(['mono', 'stereo', 'stereo']), seconds, delay: 0 };
}

function drawFrames(random: Random, rate: string): number {
  const speed = perSecond(rate);
  const segment = Math.max(1, Math.round(GOP_SECONDS * speed)) * GOPS_PER_SEGMENT;
  const most = Math.min(MOST_FRAMES, Math.floor(MOST_SECONDS * speed));
  const segments = random.pick(
    [1, 1, 1, 2, 2, 3].filter((count) => (count * segment + 2 <= most ? true : count === 1)),
  );
  const drawn = random.pick([
    () => segments * segment + random.pick([-2, -1, 0, 1, 2]),
    () => segments * segment + random.pick([-2, -1, 0, 1, 2]),
    () => segments * segment + Math.round(0.45 * speed),
    () => random.pick([1, 2, 3, 5, 9]),
    () => Math.round(random.between(1, 5) * speed),
    () => Math.round(random.between(1, 5) * speed),
  ])();
  return Math.min(Math.max(1, drawn), most);
}
