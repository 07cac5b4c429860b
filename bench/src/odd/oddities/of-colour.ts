import { isIn, type Oddity } from './oddity.ts';

/** ITU-T H.273, reserved ones left out; 2 is unspecified. */
const PRIMARIES = [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 22];
const TRANSFERS = [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
const MATRICES = [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];

const FORMATS_OF: Record<string, readonly string[]> = {
  h264: ['yuv420p10le', 'yuv422p', 'yuv444p', 'yuv422p10le', 'yuvj420p', 'gray'],
  hevc: ['yuv420p10le', 'yuv422p10le', 'yuv444p', 'yuv420p12le'],
  vp9: ['yuv444p', 'yuv420p10le', 'gbrp'],
  ffv1: ['bgr0', 'yuv422p10le', 'gray', 'yuv410p', 'rgba64le'],
  mjpeg: ['yuvj422p', 'yuvj444p'],
  prores: ['yuv444p10le'],
  av1: ['yuv420p10le'],
  mpeg2: ['yuv422p'],
};

/** What pixels are, and what is said of them. */
export const OF_COLOUR: readonly Oddity[] = [
  {
    name: 'tags',
    group: 'colour',
    fits: ({ codec, pieces, format }) =>
      ['h264', 'hevc'].includes(codec) && pieces === undefined && !['avi', 'flv'].includes(format),
    change: (draft, random) => {
      const tags = {
        primaries: random.pick(PRIMARIES),
        transfer: random.pick(TRANSFERS),
        matrix: random.pick(MATRICES),
        isFull: random.next() < 0.2,
      };
      const pixelFormat = random.pick(['yuv420p', 'yuv420p10le', 'yuv422p', 'yuv444p']);
      return { ...draft, tags, pixelFormat };
    },
  },
  {
    name: 'pixels',
    group: 'colour',
    fits: (draft) => draft.codec in FORMATS_OF && draft.pieces === undefined && !isIn(draft, 'mxf', 'flv'),
    change: (draft, random) => ({ ...draft, pixelFormat: random.pick(FORMATS_OF[draft.codec] ?? []) }),
  },
];
