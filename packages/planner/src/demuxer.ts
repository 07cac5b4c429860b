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
};

/** How long before a cut decoding starts, in seconds: an index finds the key frame before, without one a seek lands anywhere. */
export function seekMargin(demuxer: string): number {
  return demuxer === 'mpegts' || demuxer === 'mpeg' ? 6 : 1;
}
