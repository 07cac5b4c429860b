export type Codec =
  | 'h264'
  | 'hevc'
  | 'av1'
  | 'vp8'
  | 'vp9'
  | 'mpeg1'
  | 'mpeg2'
  | 'mpeg4'
  | 'theora'
  | 'prores'
  | 'mjpeg'
  | 'ffv1'
  | 'wmv1'
  | 'wmv2'
  | 'flv1'
  | 'gif';
export type SoundCodec =
  'aac' | 'mp3' | 'mp2' | 'ac3' | 'opus' | 'vorbis' | 'flac' | 'wmav2' | 'pcm_s16le' | 'pcm_s16be';

export interface Format {
  readonly ending: string;
  readonly codecs: readonly Codec[];
  readonly sounds: readonly SoundCodec[];
  /** To what a frame's time is rounded: nothing to speak of, a 90,000th, or milliseconds; or frames are only counted. */
  readonly clock: 'exact' | 'ticks' | 'milliseconds' | 'counted';
  readonly muxer: readonly string[];
}

const FRAGMENTED = ['-movflags', '+frag_keyframe+empty_moov+default_base_moof'];

/** Every container that is drawn. */
export const FORMATS = {
  mp4: format('mp4', 'exact', ['h264', 'h264', 'hevc', 'av1', 'mpeg4', 'vp9'], ['aac', 'mp3', 'ac3', 'flac']),
  fragmented: format('mp4', 'exact', ['h264', 'hevc', 'av1'], ['aac'], FRAGMENTED),
  mov: format('mov', 'exact', ['h264', 'h264', 'hevc', 'prores', 'mjpeg'], ['aac', 'pcm_s16le', 'pcm_s16be']),
  mkv: format(
    'mkv',
    'milliseconds',
    ['h264', 'hevc', 'av1', 'vp8', 'vp9', 'ffv1', 'mpeg2', 'mpeg4', 'mjpeg', 'prores', 'theora'],
    ['aac', 'opus', 'vorbis', 'flac', 'mp3', 'ac3', 'pcm_s16le'],
  ),
  webm: format('webm', 'milliseconds', ['vp8', 'vp9', 'av1'], ['opus', 'vorbis']),
  ts: format('ts', 'ticks', ['h264', 'hevc', 'mpeg2'], ['aac', 'mp2', 'ac3', 'mp3']),
  m2ts: format('m2ts', 'ticks', ['h264', 'mpeg2'], ['ac3', 'aac']),
  ps: format('mpg', 'ticks', ['mpeg1', 'mpeg2'], ['mp2', 'ac3'], ['-f', 'vob']),
  avi: format('avi', 'counted', ['mpeg4', 'mjpeg', 'h264', 'ffv1'], ['mp3', 'pcm_s16le', 'ac3']),
  flv: format('flv', 'milliseconds', ['h264', 'flv1'], ['aac', 'mp3']),
  ogg: format('ogv', 'counted', ['theora'], ['vorbis', 'opus', 'flac']),
  wmv: format('wmv', 'milliseconds', ['wmv1', 'wmv2'], ['wmav2']),
  gif: format('gif', 'counted', ['gif'], []),
  mxf: format('mxf', 'counted', ['mpeg2'], ['pcm_s16le']),
  'mpeg-1 stream': format('m1v', 'counted', ['mpeg1'], [], ['-f', 'mpeg1video']),
  'mpeg-2 stream': format('m2v', 'counted', ['mpeg2'], [], ['-f', 'mpeg2video']),
  'mpeg-4 stream': format('m4v', 'counted', ['mpeg4'], [], ['-f', 'm4v']),
  ivf: format('ivf', 'counted', ['vp8', 'vp9', 'av1'], []),
  'h264 stream': format('h264', 'counted', ['h264'], [], ['-f', 'h264']),
  'hevc stream': format('hevc', 'counted', ['hevc'], [], ['-f', 'hevc']),
} as const satisfies Record<string, Format>;
export type FormatName = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

function format(
  ending: string,
  clock: Format['clock'],
  codecs: readonly Codec[],
  sounds: readonly SoundCodec[],
  muxer: readonly string[] = [],
): Format {
  return { ending, clock, codecs, sounds, muxer };
}

const STANDARD = ['24000/1001', '24', '25', '30000/1001', '30', '50', '60000/1001', '60'];
const UNUSUAL = ['1/2', '1', '2', '5', '8', '10', '25/2', '15', '20', '48', '100', '120', '120000/1001'];
/** Hundredths of a second. */
const GIF_RATES = ['5', '10', '20', '25', '50'];
const MXF_RATES = ['24000/1001', '24', '25', '30000/1001', '50', '60000/1001'];
const BY_MPEG = new Set<Codec>(['mpeg1', 'mpeg2']);

/** The rates that a codec in a container can say. */
export function ratesOf(name: FormatName, codec: Codec): { standard: readonly string[]; unusual: readonly string[] } {
  if (name === 'gif') return { standard: GIF_RATES, unusual: GIF_RATES };
  if (name === 'mxf') return { standard: MXF_RATES, unusual: MXF_RATES };
  // Without a container MPEG-4 says how finely it counts, not at what rate.
  const isUsual = BY_MPEG.has(codec) || name === 'mpeg-4 stream';
  return { standard: STANDARD, unusual: isUsual ? STANDARD : UNUSUAL };
}

const WITH_B_FRAMES = new Set<Codec>(['h264', 'hevc', 'mpeg1', 'mpeg2', 'mpeg4']);

/** AVI cannot say when a frame is shown, and MPEG-4 in it would need tricks. */
export function mayHaveBFrames(name: FormatName, codec: Codec): boolean {
  return WITH_B_FRAMES.has(codec) && name !== 'avi';
}

/** ffmpeg's words for a codec at `bFrames` frames between two that others are made of. */
export function encoderArgv(codec: Codec, bFrames: number): string[] {
  const between = ['-bf', String(bFrames)];
  const argv: Record<Codec, string[]> = {
    h264: ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18', ...between],
    hevc: [
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '20'],
      ...['-x265-params', `bframes=${bFrames}:log-level=error:pools=1`],
    ],
    // Faster, or with its filter over time, it mixes one number into the next.
    av1: ['-c:v', 'libsvtav1', '-preset', '8', '-crf', '8', '-svtav1-params', 'lp=1:enable-tf=0'],
    vp8: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '-8', '-b:v', '2M', '-auto-alt-ref', '0'],
    vp9: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M'],
    mpeg1: ['-c:v', 'mpeg1video', '-q:v', '3', ...between],
    mpeg2: ['-c:v', 'mpeg2video', '-q:v', '3', ...between],
    mpeg4: ['-c:v', 'mpeg4', '-q:v', '3', ...between],
    theora: ['-c:v', 'libtheora', '-q:v', '8'],
    prores: ['-c:v', 'prores_ks', '-profile:v', '0'],
    mjpeg: ['-c:v', 'mjpeg', '-q:v', '3'],
    ffv1: ['-c:v', 'ffv1'],
    wmv1: ['-c:v', 'wmv1', '-q:v', '3'],
    wmv2: ['-c:v', 'wmv2', '-q:v', '3'],
    flv1: ['-c:v', 'flv', '-q:v', '3'],
    gif: ['-c:v', 'gif'],
  };
  return argv[codec];
}

const SOUND_ENCODERS: Partial<Record<SoundCodec, string>> = { mp3: 'libmp3lame', opus: 'libopus', vorbis: 'libvorbis' };

export function soundEncoder(codec: SoundCodec): string {
  return SOUND_ENCODERS[codec] ?? codec;
}

/** What samples a second a codec takes. */
export function soundRates(name: FormatName, codec: SoundCodec): readonly number[] {
  if (name === 'mxf' || codec === 'opus') return [48_000];
  if (name === 'flv') return [44_100];
  if (codec === 'mp2' || codec === 'ac3' || codec === 'wmav2') return [48_000, 44_100];
  return [48_000, 44_100, 48_000, 32_000];
}
