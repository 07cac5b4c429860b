import { perSecond, secondsOf, type Draft, type Sound } from '../draft.ts';
import { drawSound, MOST_SECONDS } from '../draw-base.ts';
import { FORMATS } from '../formats.ts';
import { isIn, saysTimes, type Oddity } from './oddity.ts';

const withSound = (draft: Draft): boolean => draft.sounds.length > 0;
const mayHaveSound = ({ format }: Draft): boolean => FORMATS[format].sounds.length > 0;

/** MXF is as long as the shorter of both. */
const mayEndElsewhere = (draft: Draft): boolean => withSound(draft) && !isIn(draft, 'mxf');
/** A fragmented MP4 by ffmpeg cannot say that something begins later. */
const canMove = (draft: Draft): boolean =>
  withSound(draft) && saysTimes(draft) && !isIn(draft, 'fragmented') && draft.cut === undefined;

/** All streams of sound with something else about them. */
function each(draft: Draft, change: Partial<Sound>): Draft {
  return { ...draft, sounds: draft.sounds.map((sound) => ({ ...sound, ...change })) };
}

/** How sound and picture lie to each other. */
export const OF_SOUND: readonly Oddity[] = [
  {
    name: 'sound shorter',
    group: 'sound',
    fits: (draft) => mayEndElsewhere(draft) && secondsOf(draft) >= 2,
    change: (draft, random) => each(draft, { seconds: secondsOf(draft) * random.pick([0.3, 0.5, 0.9]) }),
  },
  {
    name: 'sound much longer',
    group: 'sound',
    fits: (draft) => mayEndElsewhere(draft) && secondsOf(draft) <= 8,
    change: (draft, random) =>
      each(draft, { seconds: Math.min(MOST_SECONDS - 1, secondsOf(draft) + random.pick([0.7, 3, 7, 14])) }),
  },
  {
    name: 'one picture and sound',
    group: 'sound',
    fits: (draft) => mayHaveSound(draft) && !isIn(draft, 'mxf') && draft.oddities.length === 0,
    change: (draft, random) => {
      const seconds = random.pick([2, 6, 15]);
      return { ...draft, frames: 1, bFrames: 0, sounds: [{ ...drawSound(random, { format: draft.format, seconds }) }] };
    },
  },
  {
    name: 'sound begins late',
    group: 'sound',
    fits: (draft) => canMove(draft) && secondsOf(draft) >= 4,
    change: (draft, random) => {
      const delay = random.pick([0.3, 0.7, 2.5]);
      return each(draft, { delay, seconds: secondsOf(draft) - delay });
    },
  },
  {
    // The picture begins later by whole frames.
    name: 'sound begins early',
    group: 'sound',
    fits: (draft) =>
      canMove(draft) && !isIn(draft, 'flv', 'wmv') && secondsOf(draft) >= 2 && perSecond(draft.rate) >= 10,
    change: (draft, random) => {
      const early = random.pick([0.4, 1.5, 3]);
      return each(draft, { delay: -early, seconds: secondsOf(draft) + early });
    },
  },
  {
    name: 'sound in six channels',
    group: 'sound',
    fits: (draft) =>
      !draft.sounds.some(({ channels }) => channels === 'FL' || channels === 'FR') &&
      draft.sounds.some(({ codec }) => ['aac', 'flac', 'ac3', 'opus', 'pcm_s16le'].includes(codec)),
    change: (draft) => each(draft, { channels: '5.1' }),
  },
];
