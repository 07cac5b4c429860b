import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';

const HDR = (transfer: string) => [
  ...['-vf', 'format=yuv420p10le,setparams=color_primaries=bt2020:color_trc=' + transfer + ':colorspace=bt2020nc'],
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-pix_fmt', 'yuv420p10le'],
  ...['-color_primaries', 'bt2020', '-color_trc', transfer, '-colorspace', 'bt2020nc', '-color_range', 'tv'],
];

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
  { name: 'hdr10', file: 'hdr10.mp4', steps: [[...inputs(), ...HDR('smpte2084'), ...AAC, '{}']], expect: USUAL },
  { name: 'hlg', file: 'hlg.mp4', steps: [[...inputs(), ...HDR('arib-std-b67'), ...AAC, '{}']], expect: USUAL },
];
