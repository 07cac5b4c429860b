import { withoutTimes } from './without-times.ts';
import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';
import { withPicturesDropped } from '../avi-chunks.ts';

/** A picture's stream without a container, at a rate that only the stream itself tells. */
function elementary(name: string, ending: string, codec: readonly string[]): CorpusCase {
  return {
    name: `elementary-${name}`,
    file: `elementary-${name}.${ending}`,
    steps: [[...inputs({ rate: '30000/1001', frames: 200 }, false), ...codec, '{}']],
    expect: { ...USUAL, rate: '30000/1001', frames: 200, audio: [], beeps: false },
  };
}

/** The only edit of a track is as long as nothing: from its last such box on, or its first. */
function withoutLength(from: 'first' | 'last') {
  return (bytes: Buffer): Buffer => {
    const start = from === 'first' ? bytes.indexOf('elst') : bytes.lastIndexOf('elst');
    for (let at = start; at !== -1; at = bytes.indexOf('elst', at + 1)) bytes.writeUInt32BE(0, at + 12);
    return bytes;
  };
}

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
  ...(['first', 'last'] as const).map((from): CorpusCase => ({
    name: `edits-without-length-${from === 'first' ? 'all' : 'sound'}`,
    file: `edits-without-length-${from}.mp4`,
    steps: [[...inputs(), ...X264, ...AAC, '{}']],
    edit: withoutLength(from),
    expect: { ...USUAL, beepAfterFlash: 0 },
  })),
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
  // Each picture is at its place in the file, and no time says when it is shown.
  ...[
    { name: 'avi-b-frames', picture: X264 },
    { name: 'avi-b-frames-xvid', picture: ['-c:v', 'mpeg4', '-q:v', '3', '-bf', '2', '-vtag', 'XVID'] },
  ].map(({ name, picture }): CorpusCase => ({
    ...{ name, file: `${name}.avi` },
    steps: [[...inputs(), ...picture, '-c:a', 'pcm_s16le', '{}']],
    expect: { ...USUAL, beepAfterFlash: 0 },
  })),
  {
    name: 'avi-dropped',
    file: 'dropped.avi',
    steps: [[...inputs(), '-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-c:a', 'pcm_s16le', '{}']],
    edit: (bytes) => withPicturesDropped(bytes, 3),
    expect: { ...USUAL, rate: '15/1', numbers: 'grid', frames: 45, beeps: false },
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
  elementary('mpeg1', 'mpg', ['-c:v', 'mpeg1video', '-bf', '2', '-q:v', '3', '-f', 'mpeg1video']),
  elementary('mpeg2', 'mpv', ['-c:v', 'mpeg2video', '-bf', '2', '-q:v', '3', '-f', 'mpeg2video']),
  elementary('mpeg4', 'm4v', ['-c:v', 'mpeg4', '-bf', '2', '-q:v', '3', '-f', 'm4v']),
  elementary('h264', 'h264', [...X264, '-f', 'h264']),
  elementary('hevc', 'hevc', [
    '-c:v',
    'libx265',
    '-preset',
    'ultrafast',
    '-x265-params',
    'log-level=none',
    '-f',
    'hevc',
  ]),
  elementary('vp8', 'ivf', ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '-8', '-b:v', '2M', '-f', 'ivf']),
  {
    // No packet of picture or sound says when it is shown.
    name: 'mpeg-ps-without-times',
    file: 'without-times.mpg',
    steps: [[...inputs(), '-c:v', 'mpeg2video', '-b:v', '3M', '-bf', '2', '-c:a', 'mp2', '-f', 'vob', '{}']],
    edit: withoutTimes,
    expect: { ...USUAL, beepAfterFlash: 0 },
  },
  {
    name: 'fragmented-60',
    file: 'fragmented-60.mp4',
    steps: [
      [
        ...inputs({ rate: '60', frames: 180 }),
        ...[...X264, ...AAC, '-movflags', '+frag_keyframe+empty_moov+default_base_moof', '{}'],
      ],
    ],
    expect: { ...USUAL, rate: '60/1', frames: 180 },
  },
  {
    name: 'gif',
    file: 'plain.gif',
    steps: [[...inputs({ rate: '10', frames: 30 }, false), '{}']],
    expect: { ...USUAL, rate: '10/1', frames: 30, audio: [], beeps: false },
  },
];
