import type { VideoStream } from '@transcode/contracts';
import { isRgb, known, neutralTags, takenColour, type TakenColour } from './taken-colour.ts';

type Size = Readonly<{ width: number; height: number }>;

/** Primaries so near those of BT.709 that only the matrix is converted. */
const NEAR_PRIMARIES = new Set(['bt709', 'smpte170m', 'bt470bg', 'bt470m', 'smpte240m']);
/** Curves that every player shows as that of BT.709. */
const NEAR_TRANSFERS = new Set([
  ...['bt709', 'smpte170m', 'bt470bg', 'bt470m', 'smpte240m', 'iec61966-2-4', 'iec61966-2-1', 'bt2020-10', 'bt2020-12'],
]);
/** Matrices by their names in the scaler, which knows no others. */
const SCALER_MATRICES = new Map([
  ...['bt709', 'smpte240m', 'fcc', 'bt470bg'].map((name) => [name, name] as const),
  ...([
    ['smpte170m', 'bt470bg'],
    ['bt2020nc', 'bt2020'],
  ] as const),
]);
/** zscale keeps the white of these, so that grey would be green or blue: their like with the white of BT.709. */
const BY_DAYLIGHT = new Map([
  ['smpte431', 'smpte432'],
  ['film', 'smpte432'],
]);
const TAGS = 'setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';
const TO_BT709 = 'zscale=p=bt709:t=bt709:m=bt709:r=tv';
/** From SMPTE 428's curve and white to those of BT.1886, which is what zscale takes BT.709 for. It knows no SMPTE 428 itself. */
const SMPTE428_TO_BT1886 = 'clip(pow(52.37/48,1/2.4)*pow(val/maxval,2.6/2.4),0,1)*maxval'.replaceAll(',', '\\,');

/** Filters that bring an upright progressive picture to `size`, BT.709, limited range, 8 bit, 4:2:0 and square pixels. */
export function colourFilter(video: VideoStream, size: Size): string[] {
  return [...converted(video, takenColour(video), size), TAGS, 'sidedata=mode=delete'];
}

function converted(video: VideoStream, taken: TakenColour, size: Size): string[] {
  if (video.dynamicRange !== 'sdr') return fromHighRange(video, taken, size);
  const isNear = NEAR_PRIMARIES.has(taken.primaries) && NEAR_TRANSFERS.has(taken.transfer);
  const scaler = SCALER_MATRICES.get(taken.matrix);
  return isNear && (scaler !== undefined || isRgb(video.pixelFormat))
    ? byMatrix(video, taken, { scaler, size })
    : byCurve(video, taken, size);
}

function byMatrix(
  video: VideoStream,
  taken: TakenColour,
  { scaler, size }: { scaler: string | undefined; size: Size },
): string[] {
  const rgb = isRgb(video.pixelFormat);
  const input = rgb ? [] : [`in_color_matrix=${scaler}`, `in_range=${taken.range}`];
  // The scaler refuses frames whose tag it does not know, whatever it is told.
  const { matrix } = video.colour;
  const retagged = rgb || !known(matrix) || matrix === taken.matrix ? [] : [`setparams=colorspace=${taken.matrix}`];
  if (video.hasAlpha) {
    const toRgb = rgb ? [] : [`scale=flags=accurate_rnd+full_chroma_int+full_chroma_inp:${input.join(':')}`];
    return [...retagged, ...toRgb, 'format=gbrap', 'premultiply=inplace=1', 'format=gbrp', toBt709(size, [])];
  }
  return [...retagged, toBt709(size, input)];
}

function toBt709(size: Size, input: string[]): string {
  const output = 'out_color_matrix=bt709:out_range=tv';
  return [`scale=${size.width}:${size.height}:flags=bicubic+accurate_rnd+full_chroma_int`, ...input, output]
    .join(':')
    .concat(',format=yuv420p');
}

/** Through linear light. */
function byCurve(video: VideoStream, taken: TakenColour, size: Size): string[] {
  if (taken.transfer !== 'smpte428') return [...resized(video, taken, size), TO_BT709, 'format=yuv420p'];
  return [
    ...resized(video, { ...taken, transfer: 'bt709' }, size),
    `zscale=t=bt709:m=gbr:r=pc,format=gbrp16le`,
    `lutrgb=${['r', 'g', 'b'].map((plane) => `${plane}=${SMPTE428_TO_BT1886}`).join(':')}`,
    TO_BT709,
    'format=yuv420p',
  ];
}

/** Tone-mapped in linear light; 203 cd/m² is the white of BT.2408. */
function fromHighRange(video: VideoStream, taken: TakenColour, size: Size): string[] {
  return [
    ...resized(video, taken, size),
    'zscale=p=bt709:t=linear:m=gbr:r=pc:npl=203',
    'format=gbrpf32le',
    'tonemap=tonemap=hable:desat=0',
    TO_BT709,
    'format=yuv420p',
  ];
}

/** zscale goes by the tags of frames for what it is not told, and those of a frame may be others than the stream's. */
function resized(video: VideoStream, { primaries, transfer, matrix, range }: TakenColour, size: Size): string[] {
  const gamut = BY_DAYLIGHT.get(primaries) ?? primaries;
  return [
    ...neutralTags(video),
    `scale=${size.width}:${size.height}:flags=bicubic+accurate_rnd`,
    `setparams=range=${range}:color_primaries=${gamut}:color_trc=${transfer}:colorspace=${matrix}`,
  ];
}
