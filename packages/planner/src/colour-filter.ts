import type { Colour, VideoStream } from '@transcode/contracts';

type Size = Readonly<{ width: number; height: number }>;

/** The largest picture that is taken for standard definition when the source does not say its colours. */
const SD = { width: 1024, height: 576 };
const SD_NAMES = new Set(['smpte170m', 'bt470bg', 'bt470m', 'fcc', 'smpte240m']);
/** Primaries so near those of BT.709 that only the matrix is converted. */
const NEAR_BT709 = new Set(['bt709', ...SD_NAMES]);
const TAGS = 'setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/** Filters that bring an upright progressive picture to `size`, BT.709, limited range, 8 bit, 4:2:0 and square pixels. */
export function colourFilter(video: VideoStream, size: Size): string[] {
  const convert = video.dynamicRange === 'sdr' ? fromStandardRange(video, size) : fromHighRange(video, size);
  return [...convert, TAGS, 'sidedata=mode=delete'];
}

/** What the matrix is, or most likely is: as tagged, else by the primaries, else by the size. */
export function matrixOf(video: VideoStream): string {
  const { matrix, primaries } = video.colour;
  if (known(matrix)) return matrix;
  if (known(primaries))
    return primaries.startsWith('bt2020') ? 'bt2020nc' : SD_NAMES.has(primaries) ? 'bt470bg' : 'bt709';
  return video.width <= SD.width && video.height <= SD.height ? 'bt470bg' : 'bt709';
}

export function isRgb(pixelFormat: string): boolean {
  return /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8|x2rgb|x2bgr|bayer|mono)/.test(pixelFormat);
}

function isFullRange(video: VideoStream): boolean {
  return video.colour.range === 'pc' || video.pixelFormat.startsWith('yuvj') || isGray(video.pixelFormat, video.colour);
}

function isGray(pixelFormat: string, colour: Colour): boolean {
  return pixelFormat.startsWith('gray') && colour.range !== 'tv';
}

function fromStandardRange(video: VideoStream, size: Size): string[] {
  const wide = video.colour.primaries;
  if (known(wide) && !NEAR_BT709.has(wide)) return fromWideGamut(video, size, wide);
  const rgb = isRgb(video.pixelFormat);
  const matrix = matrixOf(video);
  const range = isFullRange(video) ? 'pc' : 'tv';
  const input = rgb ? [] : [`in_color_matrix=${scalerName(matrix)}`, `in_range=${range}`];
  if (video.hasAlpha) {
    const toRgb = rgb ? [] : [`scale=flags=accurate_rnd+full_chroma_int+full_chroma_inp:${input.join(':')}`];
    return [...toRgb, 'format=gbrap', 'premultiply=inplace=1', 'format=gbrp', toBt709(size, [])];
  }
  return [toBt709(size, input)];
}

function toBt709(size: Size, input: string[]): string {
  const output = 'out_color_matrix=bt709:out_range=tv';
  return [`scale=${size.width}:${size.height}:flags=bicubic+accurate_rnd+full_chroma_int`, ...input, output]
    .join(':')
    .concat(',format=yuv420p');
}

function fromWideGamut(video: VideoStream, size: Size, primaries: string): string[] {
  const transfer = known(video.colour.transfer) ? video.colour.transfer : 'bt709';
  return [resized(size), `${zscaleInput(video, primaries, transfer)}:p=bt709:t=bt709:m=bt709:r=tv`, 'format=yuv420p'];
}

/** Tone-mapped in linear light; 203 cd/m² is the white of BT.2408. */
function fromHighRange(video: VideoStream, size: Size): string[] {
  const primaries = known(video.colour.primaries) ? video.colour.primaries : 'bt2020';
  const transfer = video.dynamicRange === 'hlg' ? 'arib-std-b67' : 'smpte2084';
  return [
    resized(size),
    `${zscaleInput(video, primaries, transfer)}:t=linear:npl=203`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=p=bt709:t=bt709:m=bt709:r=tv',
    'format=yuv420p',
  ];
}

function resized(size: Size): string {
  return `scale=${size.width}:${size.height}:flags=bicubic+accurate_rnd`;
}

function zscaleInput(video: VideoStream, primaries: string, transfer: string): string {
  if (isRgb(video.pixelFormat)) return `zscale=pin=${primaries}:tin=${transfer}:min=gbr:rin=pc`;
  const matrix = matrixOf(video);
  const name = matrix === 'bt2020nc' ? '2020_ncl' : matrix === 'bt2020c' ? '2020_cl' : matrix;
  return `zscale=pin=${zscaleName(primaries)}:tin=${zscaleName(transfer)}:min=${name}:rin=${isFullRange(video) ? 'pc' : 'tv'}`;
}

function zscaleName(name: string): string {
  return name === 'bt2020-10' ? '2020_10' : name === 'bt2020-12' ? '2020_12' : name;
}

/** swscale's name of a matrix. */
function scalerName(matrix: string): string {
  switch (matrix) {
    case 'bt709':
    case 'smpte240m':
    case 'fcc':
      return matrix;
    case 'bt2020nc':
    case 'bt2020c':
      return 'bt2020';
    default:
      return 'bt470bg';
  }
}

function known(name: string | undefined): name is string {
  return name !== undefined && name !== 'unknown' && name !== 'unspecified' && name !== 'reserved' && name !== '';
}
