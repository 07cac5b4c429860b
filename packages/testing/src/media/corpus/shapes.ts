import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';

/** Sources by the shape of their picture. */
export const SHAPES: CorpusCase[] = [
  {
    name: 'portrait',
    file: 'portrait.mp4',
    steps: [[...inputs({ width: 180, height: 320 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, width: 180, height: 320 },
  },
  ...([90, 180, 270] as const).map((degrees): CorpusCase => {
    // The stored picture is turned so that the display matrix brings it upright again.
    const turn = { 90: 'transpose=clock', 180: 'hflip,vflip', 270: 'transpose=cclock' }[degrees];
    return {
      name: `rotated-${degrees}`,
      file: `rotated-${degrees}.mp4`,
      steps: [
        [...inputs(), '-vf', turn, ...X264, ...AAC, '{0}.mp4'],
        ['-display_rotation', String(degrees), '-i', '{0}.mp4', '-c', 'copy', '{}'],
      ],
      expect: USUAL,
    };
  }),
  {
    name: 'odd-size',
    file: 'odd.mkv',
    steps: [[...inputs({ width: 853, height: 481, frames: 50 }), ...X264, '-pix_fmt', 'yuv444p', ...AAC, '{}']],
    expect: { ...USUAL, frames: 50, width: 852, height: 480 },
  },
  {
    name: 'tiny',
    file: 'tiny.mp4',
    steps: [[...inputs({ width: 16, height: 16 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, width: 16, height: 16 },
  },
  {
    name: 'anamorphic',
    file: 'anamorphic.mkv',
    steps: [[...inputs({ width: 320, height: 176 }), '-vf', 'scale=240:176,setsar=4/3', ...X264, ...AAC, '{}']],
    expect: { ...USUAL, width: 320, height: 176 },
  },
];
