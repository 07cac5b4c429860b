import type { Colour, VideoStream } from '@transcode/contracts';

/** What a source's colours are taken for, in names that ffmpeg's filters can convert. */
export interface TakenColour {
  readonly primaries: string;
  readonly transfer: string;
  readonly matrix: string;
  readonly range: 'tv' | 'pc';
}

/** The largest picture that is taken for standard definition when the source does not say its colours. */
const SD = { width: 1024, height: 576 };
const SD_NAMES = new Set(['smpte170m', 'bt470bg', 'bt470m', 'fcc', 'smpte240m']);
const PRIMARIES = new Set([
  ...['bt709', 'bt470m', 'bt470bg', 'smpte170m', 'smpte240m', 'film', 'bt2020', 'smpte428', 'smpte431', 'smpte432'],
  ...['jedec-p22', 'ebu3213'],
]);
const TRANSFERS = new Set([
  ...['bt709', 'bt470m', 'bt470bg', 'smpte170m', 'smpte240m', 'linear', 'log100', 'log316', 'iec61966-2-4'],
  ...['iec61966-2-1', 'bt2020-10', 'bt2020-12', 'smpte2084', 'smpte428', 'arib-std-b67'],
]);
const MATRICES = new Set(['bt709', 'fcc', 'bt470bg', 'smpte170m', 'smpte240m', 'ycgco', 'bt2020nc']);
/** Constant luminance is defined for curves like that of BT.709 alone. */
const CONSTANT_LUMINANCE = new Set(['bt709', 'smpte170m', 'smpte240m', 'bt2020-10', 'bt2020-12']);

/**
 * Every field as tagged where it can be true and be converted, else what is most likely. A curve of high range alone says BT.2020, as
 * does a matrix of that standard.
 */
export function takenColour(video: VideoStream): TakenColour {
  const { colour } = video;
  const transfer = takenTransfer(video);
  const primaries = takenPrimaries(video);
  const range = isFullRange(video) ? 'pc' : 'tv';
  if (isRgb(video.pixelFormat)) return { primaries, transfer, matrix: 'gbr', range: 'pc' };
  const said = known(colour.matrix) ? colour.matrix : undefined;
  const isSaid = said !== undefined && isConvertible(said, primaries, transfer);
  if (isSaid) return { primaries, transfer, matrix: said, range };
  // The same coefficients, where only the way of using them is out of reach.
  const matrix = said === 'bt2020c' ? 'bt2020nc' : likelyMatrix(video, primaries);
  return { primaries, transfer, matrix, range };
}

/** Tags for where pictures are only scaled. The scaler refuses matrices that it does not know, though it has nothing to do with them. */
export function neutralTags(video: VideoStream): string[] {
  return [`setparams=range=${takenColour(video).range}:colorspace=${isRgb(video.pixelFormat) ? 'gbr' : 'bt709'}`];
}

export function isRgb(pixelFormat: string): boolean {
  return /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8|x2rgb|x2bgr|bayer|mono)/.test(pixelFormat);
}

export function known(name: string | undefined): name is string {
  return name !== undefined && name !== 'unknown' && name !== 'unspecified' && name !== 'reserved' && name !== '';
}

function takenTransfer({ dynamicRange, colour: { transfer } }: VideoStream): string {
  if (dynamicRange === 'hdr10') return 'smpte2084';
  if (dynamicRange === 'hlg') return 'arib-std-b67';
  return transfer !== undefined && TRANSFERS.has(transfer) ? transfer : 'bt709';
}

function takenPrimaries({ dynamicRange, colour }: VideoStream): string {
  const { primaries, transfer = '', matrix = '' } = colour;
  if (primaries !== undefined && PRIMARIES.has(primaries)) return primaries;
  const isWide = transfer.startsWith('bt2020') || matrix.startsWith('bt2020') || matrix === 'ictcp';
  return dynamicRange !== 'sdr' || isWide ? 'bt2020' : 'bt709';
}

function isConvertible(matrix: string, primaries: string, transfer: string): boolean {
  switch (matrix) {
    case 'bt2020c':
      return CONSTANT_LUMINANCE.has(transfer);
    case 'chroma-derived-c':
    case 'chroma-derived-nc':
      return primaries !== 'smpte428' && (matrix === 'chroma-derived-nc' || CONSTANT_LUMINANCE.has(transfer));
    case 'ictcp':
      return primaries === 'bt2020' && (transfer === 'smpte2084' || transfer === 'arib-std-b67');
    default:
      return MATRICES.has(matrix);
  }
}

/** By the primaries, else by the size. */
function likelyMatrix(video: VideoStream, primaries: string): string {
  const { primaries: said } = video.colour;
  if (primaries === 'bt2020' || (video.dynamicRange !== 'sdr' && !known(said))) return 'bt2020nc';
  if (known(said)) return SD_NAMES.has(said) ? 'bt470bg' : 'bt709';
  return video.width <= SD.width && video.height <= SD.height ? 'bt470bg' : 'bt709';
}

function isFullRange({ colour, pixelFormat }: VideoStream): boolean {
  return colour.range === 'pc' || pixelFormat.startsWith('yuvj') || isGray(pixelFormat, colour);
}

function isGray(pixelFormat: string, colour: Colour): boolean {
  return pixelFormat.startsWith('gray') && colour.range !== 'tv';
}
