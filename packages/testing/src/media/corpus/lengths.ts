import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';

/** Sources by their length. */
export const LENGTHS: CorpusCase[] = [
  {
    name: 'one-frame',
    file: 'one-frame.mp4',
    steps: [[...inputs({ frames: 1 }, false), ...X264, '{}']],
    expect: { ...USUAL, frames: 1, audio: [], beeps: false },
  },
  {
    name: '0.3-seconds',
    file: 'short.mp4',
    steps: [[...inputs({ rate: '30', frames: 9 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, rate: '30/1', frames: 9 },
  },
  {
    name: '65-minutes',
    file: 'long.mp4',
    steps: [
      [...inputs({ width: 64, height: 36, rate: '10', frames: 39_000 }, { channels: 'mono' }), ...X264, ...AAC, '{}'],
    ],
    expect: { ...USUAL, rate: '10/1', frames: 39_000, width: 64, height: 36 },
  },
];
