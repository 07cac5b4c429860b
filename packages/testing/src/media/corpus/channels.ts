import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';
import { BEEP_SECONDS } from '../pattern.ts';

/** Beeps of these frequencies in Hz, each an input of one channel. */
function monoBeeps(...frequencies: readonly number[]): string[] {
  return frequencies.flatMap((frequency) => [
    ...['-f', 'lavfi', '-i', `aevalsrc='0.5*sin(2*PI*${frequency}*t)*lt(mod(t,1),${BEEP_SECONDS})':c=mono:s=48000:d=3`],
  ]);
}

/** Maps the picture and so many sounds, each an input. */
function mapped(sounds: number): string[] {
  return Array.from({ length: sounds + 1 }, (_, input) => ['-map', `${input}`]).flat();
}

/** As broadcasters deliver surround sound: left, right, centre, effects, left and right behind. */
const SURROUND = [500, 700, 1100, 300, 1300, 1700];
const DOWNMIXED = [
  [500, 1100, 1300],
  [700, 1100, 1700],
];

/** Sources whose sound lies in streams of one channel each. */
export const CHANNELS: CorpusCase[] = [
  {
    // The right channel comes first.
    name: 'mono-tagged',
    file: 'mono-tagged.mov',
    steps: [
      [...inputs({}, false), ...monoBeeps(1500, 700), ...X264, '-c:a', 'pcm_s16le']
        .concat(['-filter_complex', '[1:a]channelmap=0:FR[r];[2:a]channelmap=0:FL[l]'])
        .concat(['-map', '0:v', '-map', '[r]', '-map', '[l]', '{}']),
    ],
    expect: { ...USUAL, tones: [[[700], [1500]]] },
  },
  {
    name: 'mono-six',
    file: 'mono-six.mov',
    steps: [[...inputs({}, false), ...monoBeeps(...SURROUND), ...mapped(6), ...X264, '-c:a', 'pcm_s24le', '{}']],
    expect: { ...USUAL, tones: [DOWNMIXED] },
  },
  {
    name: 'mono-eight',
    file: 'mono-eight.mxf',
    steps: [
      [...inputs({}, false), ...monoBeeps(...SURROUND, 2100, 2500), ...mapped(8)].concat([
        '-c:v',
        'mpeg2video',
        '-b:v',
        '5M',
        '-c:a',
        'pcm_s16le',
        '{}',
      ]),
    ],
    expect: { ...USUAL, audio: ['und', 'und'], tones: [DOWNMIXED, [[2100], [2500]]] },
  },
  {
    name: 'mono-languages',
    file: 'mono-languages.mkv',
    steps: [
      [...inputs({}, false), ...monoBeeps(700, 1500), ...mapped(2), ...X264, ...AAC].concat([
        '-metadata:s:a:0',
        'language=eng',
        '-metadata:s:a:1',
        'language=ger',
        '{}',
      ]),
    ],
    expect: { ...USUAL, audio: ['en', 'de'], tones: [[[700]], [[1500]]] },
  },
];
