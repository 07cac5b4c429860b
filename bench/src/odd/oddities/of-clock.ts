import type { Random } from '@transcode/testing/random';
import { perSecond, secondsOf, type ClockPart, type Draft } from '../draft.ts';
import { isIn, saysTimes, type Oddity } from './oddity.ts';

/** Where a clock of 33 bits at 90 kHz begins again, in seconds. */
const WRAP = 2 ** 33 / 90_000;
/** What ffmpeg's muxers begin a transport or program stream with. */
const MUX_DELAY = 1.4;

/** Without an offset it goes on where the part before ended. */
type Clock = Partial<Omit<ClockPart, 'frames'>>;

const STANDARD = new Set(['24000/1001', '24', '25', '30000/1001', '30', '50', '60000/1001', '60']);
const isEven = (draft: Draft): boolean => STANDARD.has(draft.rate) && draft.dropped.length === 0 && !draft.isVariable;
/** Sound and picture begin together, and the picture can be cut off without decoding: at a cover ffmpeg does not cut. */
const isPlain = ({ codec, sounds, tracks }: Draft): boolean =>
  codec === 'h264' && tracks.cover !== true && sounds.every(({ delay }) => delay === 0);
const integer = ({ rate }: Draft): boolean => !rate.includes('/') && Number(rate) >= 24 && Number(rate) <= 60;

/** Where the clock of each part begins. */
const JUMPS: readonly (readonly Clock[])[] = [
  [{ offset: 0 }, { offset: 9_000 }],
  [{ offset: 10 }, { offset: 75 }],
  [{ offset: 0 }, { offset: 0 }],
  [{ offset: 9_000 }, { offset: 0 }],
  [{ offset: 36_000 }, { offset: 3_600 }, { offset: 50_000 }],
];
/** Of the picture alone, or of the sound. */
const JUMPS_OF_ONE: readonly (readonly Clock[])[] = [
  [{ offset: 10 }, { picture: 9_000 }],
  [{ offset: 10 }, { sound: 9_000 }],
];

/** When frames are shown, and when they are not. */
export const OF_CLOCK: readonly Oddity[] = [
  {
    name: 'begins after hours',
    group: 'clock',
    fits: (draft) => isIn(draft, 'ts', 'm2ts', 'ps', 'mkv', 'mp4', 'mov'),
    change: (draft, random) => ({ ...draft, offset: random.pick([7_200, 36_000.5, 80_000]) }),
  },
  {
    name: 'begins before zero',
    group: 'clock',
    fits: (draft) => isIn(draft, 'mp4', 'mov') && draft.frames >= 12 && isPlain(draft),
    change: (draft, random) => ({ ...draft, cut: { frames: random.pick([1, 3, 8]), by: 'negative' } }),
  },
  {
    name: 'cut without decoding',
    group: 'clock',
    fits: (draft) => isIn(draft, 'mp4', 'mov') && draft.frames >= 60 && isPlain(draft),
    change: (draft, random) => ({ ...draft, cut: { frames: random.pick([7, 20, 37]), by: 'edit' } }),
  },
  {
    name: 'clock wraps at 33 bits',
    group: 'clock',
    fits: (draft) => isIn(draft, 'ts', 'm2ts', 'ps') && secondsOf(draft) >= 1,
    change: (draft, random) => ({
      ...draft,
      offset: rounded(WRAP - MUX_DELAY - secondsOf(draft) * random.pick([0.2, 0.5, 0.9])),
    }),
  },
  {
    name: 'single frames missing',
    group: 'clock',
    // A program stream does not say of each frame when it is shown: behind a hole they are counted on.
    fits: (draft) => saysTimes(draft) && !isIn(draft, 'ps') && isEven(draft) && draft.frames >= 40,
    change: (draft, random) => ({ ...draft, dropped: singles(draft, random) }),
  },
  {
    name: 'a gap',
    group: 'clock',
    fits: (draft) => saysTimes(draft) && isEven(draft) && secondsOf(draft) >= 3,
    change: (draft, random) => {
      const from = Math.round(draft.frames * random.between(0.2, 0.6));
      const length = Math.round(perSecond(draft.rate) * random.pick([0.2, 0.5, 1]));
      return { ...draft, dropped: Array.from({ length }, (_, n) => from + n) };
    },
  },
  {
    name: 'variable rate',
    group: 'clock',
    fits: (draft) =>
      saysTimes(draft) &&
      draft.codec !== 'mpeg1' &&
      draft.codec !== 'mpeg2' &&
      draft.rate === '30' &&
      draft.frames >= 60 &&
      draft.tracks.cover !== true,
    change: (draft) => ({ ...draft, isVariable: true }),
  },
  {
    name: 'clock jumps',
    group: 'clock',
    fits: (draft) =>
      isIn(draft, 'ts', 'm2ts', 'ps') && integer(draft) && secondsOf(draft) >= 2 && draft.oddities.length === 0,
    change: (draft, random) => {
      const clocks = random.pick(
        draft.sounds.length > 0 && draft.format === 'ts' ? [...JUMPS, ...JUMPS_OF_ONE] : JUMPS,
      );
      const whole = Math.max(1, Math.round(secondsOf(draft) / clocks.length)) * Number(draft.rate);
      const lengths = clocks.map((_, index) => whole + random.pick([0, 0, index * 3]));
      const parts = clocks.map((clock, index) => ({
        offset: (clocks[0]?.offset ?? 0) + (lengths[index - 1] ?? 0) / Number(draft.rate),
        ...clock,
        frames: lengths[index] ?? 0,
      }));
      const frames = parts.reduce((sum, part) => sum + part.frames, 0);
      return { ...draft, frames, pieces: { kind: 'clocks', parts } };
    },
  },
];

/** Up to three in a hundred, the second one often. */
function singles(draft: Draft, random: Random): number[] {
  const count = 1 + Math.floor(random.next() * Math.min(3, draft.frames / 40));
  const later = Math.floor(random.between(2, draft.frames - 2));
  // Where the first picture is late as well, nobody can tell that one is missing behind it.
  const first = draft.format === 'fragmented' ? later : random.pick([1, later]);
  const others = Array.from({ length: count - 1 }, () => Math.floor(random.between(2, draft.frames - 2)));
  return [...new Set([first, ...others])].toSorted((a, b) => a - b);
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
