import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';

/** Sources by their sound. */
export const SOUND: CorpusCase[] = [
  {
    name: 'no-audio',
    file: 'silent.mp4',
    steps: [[...inputs({}, false), ...X264, '{}']],
    expect: { ...USUAL, audio: [], beeps: false },
  },
  {
    name: 'audio-only',
    file: 'audio-only.mp4',
    steps: [[...inputs(), '-map', '1:a', ...AAC, '{}']],
    expect: { refused: 'source_has_no_video' },
  },
  ...['5.1', '7.1'].map((channels): CorpusCase => ({
    name: `audio-${channels}`,
    file: `audio-${channels}.mkv`,
    steps: [[...inputs({}, { channels }), ...X264, '-c:a', 'flac', '{}']],
    expect: USUAL,
  })),
  {
    // Two channels at the rear, which ffmpeg mixes into nothing.
    name: 'audio-rear',
    file: 'audio-rear.mkv',
    steps: [[...inputs({}, { channels: 'SL+SR' }), ...X264, '-c:a', 'flac', '{}']],
    expect: { ...USUAL, beepAfterFlash: 0 },
  },
  {
    // As on television: the film's sound after that of the advertisements.
    name: 'audio-changes',
    file: 'audio-changes.ts',
    steps: [
      [...inputs({}, { channels: 'stereo' }), '-map', '1:a', '-t', '1.536', '-c:a', 'ac3', '{0}.one.ac3'],
      [...inputs({}, { channels: '5.1' }), '-map', '1:a', '-ss', '1.536', '-c:a', 'ac3', '{0}.two.ac3'],
      [...inputs({}, false), '-f', 'ac3', '-i', 'concat:{0}.one.ac3|{0}.two.ac3', ...X264, '-c:a', 'copy', '{}'],
    ],
    expect: { ...USUAL, beepAfterFlash: 0 },
  },
  {
    name: 'mono-8khz',
    file: 'mono-8khz.mov',
    steps: [[...inputs({}, { channels: 'mono', rate: 8_000 }), ...X264, '-c:a', 'pcm_mulaw', '{}']],
    expect: USUAL,
  },
  {
    name: 'languages',
    file: 'languages.mkv',
    steps: [
      [...inputs(), '-map', '0:v', '-map', '1:a', '-map', '1:a', '-map', '1:a', ...X264, ...AAC]
        .concat(['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=ger'])
        .concat(['-metadata:s:a:2', 'language=jpn', '{}']),
    ],
    expect: { ...USUAL, audio: ['en', 'de', 'ja'] },
  },
  {
    name: 'audio-late',
    file: 'audio-late.mp4',
    steps: [
      [...inputs(), ...X264, ...AAC, '{0}.mp4'],
      ['-i', '{0}.mp4', '-itsoffset', '0.7', '-i', '{0}.mp4', '-map', '0:v', '-map', '1:a', '-c', 'copy', '{}'],
    ],
    expect: { ...USUAL, soundSeconds: 3.7 },
  },
  {
    name: 'audio-early',
    file: 'audio-early.mkv',
    steps: [
      [...inputs(), ...X264, ...AAC, '{0}.mp4'],
      ['-itsoffset', '0.4', '-i', '{0}.mp4', '-i', '{0}.mp4', '-map', '0:v', '-map', '1:a', '-c', 'copy', '{}'],
    ],
    expect: USUAL,
  },
  {
    name: 'audio-longer',
    file: 'audio-longer.mp4',
    steps: [[...inputs({}, { seconds: 5 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, soundSeconds: 5 },
  },
  {
    name: 'audio-44100',
    file: 'audio-44100.mp4',
    steps: [[...inputs({}, { rate: 44_100 }), ...X264, ...AAC, '{}']],
    expect: USUAL,
  },
  {
    // A tone fits itself in many places.
    name: 'tone-and-a-missing-frame',
    file: 'tone.mkv',
    steps: [
      [
        ...inputs({ frames: 200 }, false),
        ...['-f', 'lavfi', '-i', 'sine=frequency=440:duration=8', '-vf', "select='not(eq(n,1))'", '-fps_mode', 'vfr'],
        ...[...X264, ...AAC, '{}'],
      ],
    ],
    expect: { ...USUAL, frames: 200, numbers: 'grid', beeps: false },
  },
];
