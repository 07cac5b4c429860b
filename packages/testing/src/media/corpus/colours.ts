import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';

const HDR = (transfer: string) => [
  ...['-vf', 'format=yuv420p10le,setparams=color_primaries=bt2020:color_trc=' + transfer + ':colorspace=bt2020nc'],
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-pix_fmt', 'yuv420p10le'],
  ...['-color_primaries', 'bt2020', '-color_trc', transfer, '-colorspace', 'bt2020nc', '-color_range', 'tv'],
];

/** Tags that nobody asked an encoder for: they are written into the stream afterwards, as ISO/IEC 23091-2 numbers them. */
function tagged(
  name: string,
  tags: { primaries: number; transfer: number; matrix: number },
  { codec = 'hevc', format = 'yuv420p10le' }: { codec?: 'h264' | 'hevc'; format?: string } = {},
): CorpusCase {
  const encoder =
    codec === 'hevc' ? ['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', format] : [...X264, '-pix_fmt', format];
  const said = `colour_primaries=${tags.primaries}:transfer_characteristics=${tags.transfer}:matrix_coefficients=${tags.matrix}`;
  return {
    ...{ name, file: `${name}.mp4` },
    steps: [
      [...inputs(), ...encoder, ...AAC, '{0}.mp4'],
      ['-i', '{0}.mp4', '-c', 'copy', '-bsf:v', `${codec}_metadata=${said}`, '{}'],
    ],
    expect: { ...USUAL, sourceFilter: 'setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709' },
  };
}

/** White where the pattern is black, and transparent there. */
const BLACK_BY_ALPHA = [
  'drawbox=x=60:y=0:w=260:h=40:color=white:t=fill,format=yuva420p',
  `geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='if(gte(X,60)*lt(Y,40),0,255)'`,
].join(',');

/** Sources by their pixels: depth, sampling, range, dynamic range. */
export const COLOURS: CorpusCase[] = [
  {
    name: '10-bit',
    file: '10-bit.mkv',
    steps: [[...inputs(), '-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', ...AAC, '{}']],
    expect: USUAL,
  },
  {
    name: '4:4:4',
    file: '444.mp4',
    steps: [[...inputs(), ...X264, '-pix_fmt', 'yuv444p', ...AAC, '{}']],
    expect: USUAL,
  },
  {
    name: 'rgb',
    file: 'rgb.mkv',
    steps: [[...inputs(), '-c:v', 'ffv1', '-pix_fmt', 'bgr0', '-c:a', 'flac', '{}']],
    expect: USUAL,
  },
  {
    name: 'full-range',
    file: 'full-range.mov',
    steps: [[...inputs(), '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', '3', '-c:a', 'pcm_s16le', '{}']],
    expect: USUAL,
  },
  {
    name: 'alpha',
    file: 'alpha.mov',
    steps: [[...inputs(), '-c:v', 'qtrle', '-pix_fmt', 'argb', '-c:a', 'pcm_s16le', '{}']],
    expect: USUAL,
  },
  // Below 0: a speed of VP8 above it follows how busy the machine is, and with it what comes out.
  ...['vp8', 'vp9'].map((codec): CorpusCase => ({
    name: `alpha-${codec}`,
    file: `alpha-${codec}.webm`,
    steps: [
      [
        ...[...inputs(), '-vf', BLACK_BY_ALPHA, '-c:v', codec === 'vp8' ? 'libvpx' : 'libvpx-vp9'],
        ...['-auto-alt-ref', '0', '-deadline', 'realtime', '-cpu-used', '-8', '-b:v', '2M', '-c:a', 'libopus', '{}'],
      ],
    ],
    // Who reads the source without its transparency finds no black.
    expect: { ...USUAL, beepAfterFlash: 0 },
  })),
  { name: 'hdr10', file: 'hdr10.mp4', steps: [[...inputs(), ...HDR('smpte2084'), ...AAC, '{}']], expect: USUAL },
  { name: 'hlg', file: 'hlg.mp4', steps: [[...inputs(), ...HDR('arib-std-b67'), ...AAC, '{}']], expect: USUAL },
  tagged('pq-alone', { primaries: 2, transfer: 16, matrix: 2 }),
  tagged('hlg-matrix-0', { primaries: 9, transfer: 18, matrix: 0 }),
  tagged('pq-constant-luminance', { primaries: 9, transfer: 16, matrix: 10 }),
  tagged('dci-smpte428', { primaries: 11, transfer: 17, matrix: 1 }),
  tagged('ycgco', { primaries: 1, transfer: 1, matrix: 8 }, { codec: 'h264', format: 'yuv444p' }),
  tagged('rgb-that-is-not', { primaries: 1, transfer: 13, matrix: 0 }, { codec: 'h264', format: 'yuv420p' }),
  tagged('linear-log', { primaries: 3, transfer: 10, matrix: 14 }, { codec: 'h264', format: 'yuv422p10le' }),
];
