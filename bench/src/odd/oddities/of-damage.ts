import { secondsOf } from '../draft.ts';
import { isIn, type Oddity } from './oddity.ts';

/** What is not whole, not open or not a video. */
export const OF_DAMAGE: readonly Oddity[] = [
  {
    name: 'truncated',
    group: 'damage',
    fits: (draft) =>
      isIn(draft, 'mp4', 'mkv', 'webm', 'ts', 'm2ts', 'ps', 'flv', 'h264 stream', 'hevc stream') &&
      secondsOf(draft) >= 3 &&
      draft.frames >= 40 &&
      draft.oddities.length === 0,
    change: (draft, random) => ({
      ...draft,
      damage: { kind: 'truncated', share: random.pick([0.5, 0.7, 0.9]) },
    }),
  },
  {
    name: 'encrypted',
    group: 'damage',
    fits: (draft) => isIn(draft, 'mp4') && ['h264', 'hevc'].includes(draft.codec) && draft.oddities.length === 0,
    change: (draft) => ({ ...draft, damage: { kind: 'encrypted' } }),
  },
  {
    name: 'no picture',
    group: 'damage',
    fits: (draft) => draft.sounds.length > 0 && draft.oddities.length === 0 && !isIn(draft, 'mxf'),
    change: (draft) => ({ ...draft, damage: { kind: 'no picture' } }),
  },
];
