import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';

/** Long enough for three chunks. */
const FRAMES = 1_700;

/** Sources that are hard to cut. */
export const CHUNKS: CorpusCase[] = [
  {
    name: 'chunks-open-groups',
    file: 'chunks-open.mkv',
    steps: [
      [
        ...inputs({ frames: FRAMES, rate: '24000/1001' }),
        ...['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-g', '110', '-x264-params', 'open-gop=1'],
        ...['-pix_fmt', 'yuv420p', ...AAC, '{}'],
      ],
    ],
    expect: { ...USUAL, rate: '24000/1001', frames: FRAMES },
  },
  {
    name: 'chunks-one-key-frame',
    file: 'chunks-one-key.mp4',
    steps: [[...inputs({ frames: FRAMES }), ...X264, '-g', '9999', ...AAC, '{}']],
    expect: { ...USUAL, frames: FRAMES },
  },
  {
    name: 'chunks-variable-ts',
    file: 'chunks-variable.ts',
    steps: [
      [
        ...inputs({ rate: '30', frames: 2_000 }),
        ...[
          '-vf',
          "select='not(eq(mod(n,11),4))*not(between(n,200,330))*not(between(n,1030,1280))',setpts='PTS+mod(N*7,5)*0.002/TB'",
        ],
        ...['-fps_mode', 'vfr', '-enc_time_base', '1/90000', ...X264, '-g', '100', '-muxdelay', '0.7', ...AAC, '{}'],
      ],
    ],
    expect: { rate: '30/1', width: 320, height: 180, audio: ['und'], numbers: 'grid', beeps: true },
  },
  {
    name: 'chunks-interlaced-ts',
    file: 'chunks-interlaced.ts',
    steps: [
      [
        ...inputs({ rate: '50', frames: FRAMES, picturesPerNumber: 2 }),
        ...['-vf', 'interlace=scan=tff:lowpass=off', '-c:v', 'mpeg2video', '-flags', '+ildct+ilme', '-b:v', '3M'],
        ...['-g', '60', '-bf', '2', '-pix_fmt', 'yuv420p', '-c:a', 'mp2', '{}'],
      ],
    ],
    expect: { ...USUAL, frames: FRAMES },
  },
];
