import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';

/** Sources by their container and its clocks. */
export const CONTAINERS: CorpusCase[] = [
  {
    name: 'edit-list',
    file: 'edit-list.mp4',
    steps: [
      [...inputs({ frames: 100 }), ...X264, '-g', '50', ...AAC, '{0}.mp4'],
      ['-ss', '1.48', '-i', '{0}.mp4', '-c', 'copy', '{}'],
    ],
    expect: { ...USUAL, frames: 63, numbers: 'grid' },
  },
  {
    name: 'negative-timestamps',
    file: 'negative.mp4',
    steps: [
      [...inputs(), ...X264, ...AAC, '{0}.mp4'],
      ['-itsoffset', '-0.32', '-i', '{0}.mp4', '-c', 'copy', '-copyts', '-avoid_negative_ts', 'disabled', '{}'],
    ],
    expect: { ...USUAL, frames: 67, numbers: 'grid' },
  },
  {
    name: 'faststart',
    file: 'faststart.mp4',
    steps: [[...inputs(), ...X264, ...AAC, '-movflags', '+faststart', '{}']],
    expect: USUAL,
  },
  {
    name: 'fragmented',
    file: 'fragmented.mp4',
    steps: [[...inputs(), ...X264, ...AAC, '-movflags', '+frag_keyframe+empty_moov+default_base_moof', '{}']],
    expect: USUAL,
  },
  { name: 'mkv', file: 'plain.mkv', steps: [[...inputs(), ...X264, '-c:a', 'libmp3lame', '{}']], expect: USUAL },
  {
    name: 'webm',
    file: 'plain.webm',
    steps: [[...inputs(), '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus', '{}']],
    expect: USUAL,
  },
  {
    name: 'av1',
    file: 'av1.mp4',
    steps: [[...inputs(), '-c:v', 'libsvtav1', '-preset', '10', '-crf', '30', '-svtav1-params', 'lp=1', ...AAC, '{}']],
    expect: USUAL,
  },
  // Both need zlib.
  {
    name: 'png',
    file: 'png.mov',
    steps: [[...inputs(), '-c:v', 'png', '-pix_fmt', 'rgba', ...AAC, '{}']],
    expect: USUAL,
  },
  { name: 'zmbv', file: 'zmbv.avi', steps: [[...inputs(), '-c:v', 'zmbv', '-c:a', 'libmp3lame', '{}']], expect: USUAL },
  { name: 'ts', file: 'plain.ts', steps: [[...inputs(), ...X264, ...AAC, '{}']], expect: USUAL },
  {
    name: 'ts-wrap',
    file: 'wrap.ts',
    steps: [[...inputs(), ...X264, ...AAC, '-output_ts_offset', '95442', '{}']],
    expect: USUAL,
  },
  {
    name: 'avi',
    file: 'plain.avi',
    steps: [[...inputs(), '-c:v', 'mpeg4', '-q:v', '3', '-c:a', 'libmp3lame', '{}']],
    expect: USUAL,
  },
  {
    name: 'mov',
    file: 'plain.mov',
    steps: [
      [...inputs(), '-c:v', 'prores_ks', '-profile:v', '2', '-c:a', 'pcm_s16le', '-timecode', '01:00:00:00', '{}'],
    ],
    expect: USUAL,
  },
  { name: 'flv', file: 'plain.flv', steps: [[...inputs(), ...X264, ...AAC, '{}']], expect: USUAL },
  {
    name: 'ogg',
    file: 'plain.ogv',
    steps: [[...inputs(), '-c:v', 'libtheora', '-q:v', '8', '-c:a', 'libvorbis', '{}']],
    expect: USUAL,
  },
  {
    name: 'mpeg-ps',
    file: 'plain.mpg',
    steps: [[...inputs(), '-c:v', 'mpeg2video', '-b:v', '3M', '-c:a', 'mp2', '-f', 'vob', '{}']],
    expect: USUAL,
  },
  {
    name: 'wmv',
    file: 'plain.wmv',
    steps: [[...inputs(), '-c:v', 'wmv2', '-b:v', '3M', '-c:a', 'wmav2', '{}']],
    expect: USUAL,
  },
  {
    name: 'gif',
    file: 'plain.gif',
    steps: [[...inputs({ rate: '10', frames: 30 }, false), '{}']],
    expect: { ...USUAL, rate: '10/1', frames: 30, audio: [], beeps: false },
  },
];
