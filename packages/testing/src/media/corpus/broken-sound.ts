import { beyondDecoders, MP4_AAC } from '../beyond-decoders.ts';
import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';
import { changeFlvSoundTimes } from '../flv-tags.ts';
import { changeVorbisTimes } from '../ogg-pages.ts';

/** The entry that describes a file's sound by `mp4a` describes it as this instead, of which there is no decoder. */
function describedAs(codec: string): (file: Buffer) => Buffer {
  return (file) => {
    const changed = Buffer.from(file);
    const entry = changed.indexOf('mp4a');
    changed.write(codec, entry, 'latin1');
    changed.write('skip', changed.indexOf('esds', entry), 'latin1');
    return changed;
  };
}

/** What the first ALAC of a MOV says of itself is of a version that nobody knows, and makes no sense. */
function withoutAlacHeader(file: Buffer): Buffer {
  const changed = Buffer.from(file);
  const entry = changed.indexOf('alac');
  const header = changed.indexOf('alac', entry + 4);
  return changed.fill(0xff, header + 8, header + 32);
}

/** Sources with sound whose times make no sense, and that nobody can decode or open. */
export const BROKEN_SOUND: CorpusCase[] = [
  {
    // Players play one sample after another, whatever the time of its page. What fed itself its own output stood still here for ever.
    name: 'audio-clock-back',
    file: 'audio-clock-back.ogv',
    steps: [[...inputs(), '-c:v', 'libtheora', '-q:v', '8', '-c:a', 'libvorbis', '-page_duration', '200000', '{}']],
    edit: (file) => changeVorbisTimes(file, (samples, page) => (page % 2 === 1 ? samples - 48_000n : samples)),
    expect: { ...USUAL, beepAfterFlash: 0 },
  },
  {
    name: 'audio-clock-stands',
    file: 'audio-clock-stands.ogv',
    steps: [[...inputs(), '-c:v', 'libtheora', '-q:v', '8', '-c:a', 'libvorbis', '-page_duration', '200000', '{}']],
    edit: (file) => changeVorbisTimes(file, (samples, page) => (page === 0 ? samples : 9_600n)),
    expect: { ...USUAL, beepAfterFlash: 0 },
  },
  {
    name: 'audio-clock-random',
    file: 'audio-clock-random.flv',
    steps: [[...inputs(), ...X264, '-g', '75', ...AAC, '{}']],
    // Up to a second too early or too late, without an order.
    edit: (file) => changeFlvSoundTimes(file, (ms, packet) => ms + ((packet * 7919) % 2001) - 1000),
    expect: { ...USUAL, beepAfterFlash: 0 },
  },
  {
    name: 'audio-clock-slow',
    file: 'audio-clock-slow.flv',
    steps: [[...inputs(), ...X264, '-g', '75', ...AAC, '{}']],
    edit: (file) => {
      let first: number | undefined;
      return changeFlvSoundTimes(file, (ms) => (first ??= ms) + (ms - first) / 2);
    },
    expect: { ...USUAL, beepAfterFlash: 0 },
  },
  {
    name: 'audio-no-decoder',
    file: 'audio-no-decoder.mp4',
    steps: [[...inputs(), '-map', '0:v', '-map', '1:a', '-map', '1:a', ...X264, ...AAC, '{}']],
    edit: describedAs('ac-4'),
    expect: { ...USUAL, beepAfterFlash: 0 },
  },
  {
    // The first is what a player would take.
    name: 'audio-noise',
    file: 'audio-noise.mkv',
    steps: [
      [...inputs(), '-map', '0:v', '-map', '1:a', '-map', '1:a', ...X264, ...AAC].concat([
        '-metadata:s:a:0',
        'language=eng',
        '-metadata:s:a:1',
        'language=ger',
        '{0}.mkv',
      ]),
      ['-i', '{0}.mkv', '-map', '0', '-c', 'copy', '-bsf:a:0', 'noise=amount=1', '{}'],
    ],
    expect: { ...USUAL, audio: ['de'], beepAfterFlash: 0 },
  },
  {
    name: 'audio-nothing-decodes',
    file: 'audio-nothing-decodes.mp4',
    steps: [[...inputs(), ...X264, ...AAC, '{}']],
    edit: describedAs('mhm1'),
    expect: { ...USUAL, audio: [], beeps: false },
  },
  {
    // What opens the decoders of all streams at once ends here before it says anything.
    name: 'audio-cannot-open',
    file: 'audio-cannot-open.mp4',
    steps: [
      [...inputs(), '-map', '0:v', '-map', '1:a', '-map', '1:a', ...X264, ...AAC]
        .concat(['-metadata:s:a:0', 'language=eng'])
        .concat(['-metadata:s:a:1', 'language=ger', '{}']),
    ],
    edit: beyondDecoders(...MP4_AAC),
    expect: { ...USUAL, isPictureReadAlone: true, audio: ['en'], beepAfterFlash: 0 },
  },
  {
    name: 'audio-cannot-open-first',
    file: 'audio-cannot-open-first.mov',
    steps: [
      [...inputs(), '-map', '0:v', '-map', '1:a', '-map', '1:a', ...X264, '-c:a', 'alac']
        .concat(['-metadata:s:a:0', 'language=eng'])
        .concat(['-metadata:s:a:1', 'language=ger', '{}']),
    ],
    edit: withoutAlacHeader,
    expect: { ...USUAL, isPictureReadAlone: true, audio: ['de'], beepAfterFlash: 0 },
  },
  {
    name: 'audio-nothing-opens',
    file: 'audio-nothing-opens.mkv',
    steps: [[...inputs(), ...X264, ...AAC, '-write_crc32', '0', '{}']],
    edit: beyondDecoders(0x63, 0xa2, 0x85),
    expect: { ...USUAL, isPictureReadAlone: true, audio: [], beeps: false },
  },
];
