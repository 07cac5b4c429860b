import type { Container } from '@transcode/contracts';

/** The one demuxer of ffmpeg that may open each container; none of them follows names inside the file. */
export const DEMUXERS: { readonly [C in Container]: string } = {
  mp4: 'mov',
  matroska: 'matroska',
  mpegts: 'mpegts',
  mpegps: 'mpeg',
  avi: 'avi',
  flv: 'flv',
  ogg: 'ogg',
  gif: 'gif',
  asf: 'asf',
  mxf: 'mxf',
  wav: 'wav',
  mp3: 'mp3',
  flac: 'flac',
  aac: 'aac',
  mpegvideo: 'mpegvideo',
  m4v: 'm4v',
  h264: 'h264',
  hevc: 'hevc',
  ivf: 'ivf',
  obu: 'obu',
  y4m: 'yuv4mpegpipe',
  dv: 'dv',
};

/**
 * How far before a key frame a demuxer has to be sent so that it does not land behind it, in seconds. Those with an index find the
 * key frame itself; the others search by decoding times and land near it. `never`: a frame cannot be had without all before it.
 */
const SEEK_MARGINS: { readonly [C in Container]: number | 'never' } = {
  mp4: 0,
  matroska: 0,
  mpegts: 3,
  mpegps: 3,
  avi: 0,
  flv: 0,
  ogg: 3,
  gif: 'never',
  asf: 3,
  mxf: 3,
  wav: 'never',
  mp3: 'never',
  flac: 'never',
  aac: 'never',
  mpegvideo: 'never',
  m4v: 'never',
  h264: 'never',
  hevc: 'never',
  ivf: 'never',
  obu: 'never',
  y4m: 'never',
  dv: 'never',
};

export function seekMargin(container: Container): number | 'never' {
  return SEEK_MARGINS[container];
}
