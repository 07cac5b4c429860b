import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';

/** Sources by their frame rate and scan. */
export const RATES: CorpusCase[] = [
  ...['24000/1001', '25/1', '30000/1001', '50/1', '60000/1001'].map((rate): CorpusCase => ({
    name: `rate-${rate.replace('/', '-')}`,
    file: `rate-${rate.replace('/', '-')}.mp4`,
    steps: [[...inputs({ rate, frames: 100 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, rate, frames: 100 },
  })),
  {
    name: 'rate-23.976-mkv',
    file: 'rate.mkv',
    steps: [[...inputs({ rate: '24000/1001', frames: 100 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, rate: '24000/1001', frames: 100 },
  },
  {
    name: 'rate-120',
    file: 'rate-120.mp4',
    steps: [[...inputs({ rate: '120', frames: 240 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, rate: '60/1', frames: 120, numbers: 'every-second' },
  },
  {
    name: 'vfr-phone',
    file: 'vfr-phone.mp4',
    steps: [
      [
        ...inputs({ rate: '30', frames: 120 }),
        '-vf',
        "transpose=clock,select='not(eq(mod(n,11),4))',setpts='PTS+mod(N*7,5)*0.002/TB'",
        ...[
          '-fps_mode',
          'vfr',
          '-enc_time_base',
          '1/90000',
          '-video_track_timescale',
          '90000',
          ...X264,
          ...AAC,
          '{0}.mp4',
        ],
      ],
      ['-display_rotation', '90', '-i', '{0}.mp4', '-c', 'copy', '-video_track_timescale', '90000', '{}'],
    ],
    expect: { rate: '30/1', width: 320, height: 180, audio: ['und'], numbers: 'grid', beeps: true },
  },
  {
    name: 'vfr-short-last-frame',
    file: 'vfr-short-last-frame.mp4',
    steps: [
      [
        ...inputs({ rate: '25', frames: 50 }),
        ...['-vf', "settb=AVTB,setpts='PTS-if(eq(N,49),0.03/TB,0)'", '-fps_mode', 'vfr', '-enc_time_base', '1/90000'],
        ...['-video_track_timescale', '90000', ...X264, '-bf', '0', ...AAC, '{}'],
      ],
    ],
    expect: { rate: '25/1', width: 320, height: 180, audio: ['und'], numbers: 'grid', beeps: true },
  },
  // A slide show: Matroska says nothing of decoding, and the last picture is over at once where there is no sound.
  ...[
    { name: 'slides', file: 'slides.mkv', between: '2', sound: 18 },
    { name: 'slides-without-sound', file: 'slides.mp4', between: '0', sound: undefined },
  ].map(({ name, file, between, sound }): CorpusCase => ({
    ...{ name, file },
    steps: [
      [
        ...inputs({ frames: 6 }, sound === undefined ? false : { seconds: sound }),
        ...['-vf', 'setpts=N*3/TB', '-fps_mode', 'vfr', '-enc_time_base', '1/1000', ...X264, '-bf', between],
        ...[...(sound === undefined ? [] : AAC), '{}'],
      ],
    ],
    expect: {
      ...{ ...USUAL, rate: '1/1', numbers: 'grid', beeps: false, frames: sound ?? 16 },
      ...(sound === undefined ? { audio: [] } : { soundSeconds: sound }),
    },
  })),
  ...(['tff', 'bff'] as const).flatMap((first): CorpusCase[] => {
    const weave = `interlace=scan=${first}:lowpass=off`;
    const picture = inputs({ rate: '50', frames: 75, picturesPerNumber: 2 });
    return [
      {
        name: `interlaced-mpeg2-${first}`,
        file: `interlaced-${first}.ts`,
        steps: [
          [...picture, '-vf', weave, '-c:v', 'mpeg2video', '-flags', '+ildct+ilme', '-b:v', '3M'].concat([
            '-pix_fmt',
            'yuv420p',
            '-c:a',
            'mp2',
            '{}',
          ]),
        ],
        expect: USUAL,
      },
      {
        name: `interlaced-h264-${first}`,
        file: `interlaced-${first}.mp4`,
        steps: [
          [...picture, '-vf', weave, ...X264, '-x264-params', `${first}=1`, '-flags', '+ildct+ilme', ...AAC, '{}'],
        ],
        expect: USUAL,
      },
    ];
  }),
];
