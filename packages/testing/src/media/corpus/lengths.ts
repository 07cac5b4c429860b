import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';

const SMALL = { width: 160, height: 90 };

interface Border {
  readonly rate: string;
  readonly frames: number;
  readonly bFrames: 0 | 2;
}

/** As long as whole segments, or by some frames more or less. */
function border({ rate, frames, bFrames }: Border): CorpusCase {
  const name = `${frames}-frames-at-${rate.replace('/', '-')}${bFrames > 0 ? '-b' : ''}`;
  return {
    name,
    file: `${name}.mp4`,
    steps: [[...inputs({ ...SMALL, rate, frames }), ...X264, '-bf', String(bFrames), ...AAC, '{}']],
    expect: { ...USUAL, ...SMALL, rate: rate.includes('/') ? rate : `${rate}/1`, frames },
  };
}

/** A segment at 30 frames a second has 180: one, and five, which are more than one chunk; two frames less to two more. */
const AT_30 = ([1, 5] as const).flatMap((segments) =>
  ([0, 2] as const).flatMap((bFrames) =>
    [-2, -1, 0, 1, 2].map((more): Border => ({ rate: '30', frames: segments * 180 + more, bFrames })),
  ),
);
/** What is left over is about 0.45 s, below which it is no segment of its own. */
const TAILS = [13, 14].map((more): Border => ({ rate: '30', frames: 180 + more, bFrames: 2 }));
const ELSEWHERE = [
  ...[143, 144, 145, 146].map((frames): Border => ({ rate: '24000/1001', frames, bFrames: 2 })),
  ...[299, 300, 301].map((frames): Border => ({ rate: '50', frames, bFrames: 2 })),
];

/** Sources by their length. */
export const LENGTHS: CorpusCase[] = [
  {
    name: 'one-frame',
    file: 'one-frame.mp4',
    steps: [[...inputs({ frames: 1 }, false), ...X264, '{}']],
    expect: { ...USUAL, frames: 1, audio: [], beeps: false },
  },
  {
    name: 'two-frames',
    file: 'two-frames.mp4',
    steps: [[...inputs({ frames: 2 }, false), ...X264, '{}']],
    expect: { ...USUAL, frames: 2, audio: [], beeps: false },
  },
  {
    name: '0.3-seconds',
    file: 'short.mp4',
    steps: [[...inputs({ rate: '30', frames: 9 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, rate: '30/1', frames: 9 },
  },
  {
    name: 'sound-much-longer',
    file: 'sound-much-longer.mp4',
    steps: [[...inputs({ ...SMALL, frames: 100 }, { seconds: 19 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, ...SMALL, frames: 100, soundSeconds: 19 },
  },
  {
    name: 'one-picture',
    file: 'one-picture.mkv',
    steps: [[...inputs({ ...SMALL, frames: 1 }, { seconds: 15 }), ...X264, '-c:a', 'flac', '{}']],
    expect: { ...USUAL, ...SMALL, frames: 1, soundSeconds: 15 },
  },
  {
    name: 'sound-much-shorter',
    file: 'sound-much-shorter.mp4',
    steps: [[...inputs({ ...SMALL, frames: 350 }, { seconds: 2.5 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, ...SMALL, frames: 350 },
  },
  ...[...AT_30, ...TAILS, ...ELSEWHERE].map(border),
  {
    name: '65-minutes',
    file: 'long.mp4',
    isLong: true,
    steps: [
      [...inputs({ width: 64, height: 36, rate: '10', frames: 39_000 }, { channels: 'mono' }), ...X264, ...AAC, '{}'],
    ],
    expect: { ...USUAL, rate: '10/1', frames: 39_000, width: 64, height: 36 },
  },
];
