import type { StoredShape } from '../draft.ts';
import { isIn, type Oddity } from './oddity.ts';

/** Codecs that take pictures with odd sides. */
const ODD_SIDES = new Set(['vp8', 'vp9', 'ffv1', 'mpeg4', 'theora']);
const square = (width: number, height: number, frames: number): StoredShape => ({
  ...{ width, height, frames },
  stored: { width, height },
});

/** How the picture is formed. */
export const OF_SHAPE: readonly Oddity[] = [
  {
    name: 'odd sides',
    group: 'shape',
    fits: ({ codec, format }) => ODD_SIDES.has(codec) && format !== 'avi',
    change: (draft, random) => {
      const [width, height] = random.pick([
        [101, 57],
        [321, 181],
        [213, 121],
      ] as const);
      return { ...draft, width, height };
    },
  },
  {
    name: 'portrait',
    group: 'shape',
    fits: ({ codec }) => codec !== 'av1',
    change: (draft) => ({ ...draft, width: 108, height: 192 }),
  },
  {
    name: 'tiny',
    group: 'shape',
    fits: ({ codec }) => ['h264', 'ffv1', 'mjpeg', 'gif'].includes(codec),
    change: (draft, random) => {
      const [width, height] = random.pick([
        [32, 32],
        [48, 32],
        [64, 36],
      ] as const);
      return { ...draft, width, height };
    },
  },
  {
    name: 'a strip',
    group: 'shape',
    fits: ({ codec }) => codec !== 'av1',
    change: (draft) => ({ ...draft, width: 640, height: 64 }),
  },
  {
    name: 'pixels not square',
    group: 'shape',
    fits: (draft) =>
      isIn(draft, 'mp4', 'mov', 'mkv', 'ts', 'm2ts', 'ps') && ['h264', 'hevc', 'mpeg2', 'mpeg4'].includes(draft.codec),
    change: (draft, random) => {
      // MPEG-2 says the shape of the whole picture: 4:3 or 16:9.
      const wide = random.pick([true, false]);
      return wide
        ? { ...draft, width: 320, height: 180, stored: { width: 240, height: 180, aspect: '4/3' } }
        : { ...draft, width: 240, height: 180, stored: { width: 320, height: 180, aspect: '3/4' } };
    },
  },
  {
    name: 'turned',
    group: 'shape',
    fits: (draft) => isIn(draft, 'mp4', 'mov', 'mkv') && ['h264', 'hevc', 'mpeg4', 'mjpeg'].includes(draft.codec),
    change: (draft, random) => ({
      ...draft,
      turn: random.pick(draft.format === 'mkv' ? ['90', '180', '270'] : ['90', '180', '270', 'mirrored']),
    }),
  },
  {
    name: 'shape changes',
    group: 'shape',
    fits: ({ format, codec, rate, sounds, oddities }) =>
      ['25', '30'].includes(rate) &&
      oddities.length === 0 &&
      ((['mkv', 'webm'].includes(format) && codec === 'vp8') || (format === 'ts' && codec === 'mpeg2')) &&
      sounds.length < 2,
    change: (draft, random) => {
      const frames = Number(draft.rate) * random.pick([1, 2]);
      const anamorphic = { width: 320, height: 180, frames, stored: { width: 240, height: 180 } };
      const sizes = [
        [square(320, 180, frames), square(640, 360, frames), square(180, 320, frames)],
        [square(240, 180, frames), square(320, 180, frames)],
        [square(320, 180, frames), square(240, 180, frames), square(320, 180, frames)],
      ];
      // Where MPEG-2 changes its size decoders lose the picture before.
      const parts = random.pick(draft.codec === 'mpeg2' ? [[square(240, 180, frames), anamorphic]] : sizes);
      const total = frames * parts.length;
      const sounds = draft.sounds.map((sound) => ({ ...sound, seconds: total / Number(draft.rate) }));
      return { ...draft, frames: total, bFrames: 0, sounds, pieces: { kind: 'shapes', parts } };
    },
  },
];
