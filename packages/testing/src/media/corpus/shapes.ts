import { AAC, inputs, USUAL, X264, type CorpusCase, type PicturePart } from '../corpus-case.ts';

interface Part {
  readonly width: number;
  readonly height: number;
  readonly filters?: string;
}

const PART_FRAMES = 30;

/** Steps that make parts one after another, each of its own shape, into one stream: with sound of their own. */
function changing(
  parts: readonly Part[],
  { ending, picture, sound, fields = false }: { ending: string; picture: string[]; sound: string[]; fields?: boolean },
): string[][] {
  const encoded = parts.map(({ width, height, filters = 'null' }, index) => [
    ...inputs({
      ...{ width, height, frames: PART_FRAMES, first: index * PART_FRAMES },
      ...(fields ? { rate: '50', picturesPerNumber: 2 } : {}),
    }),
    ...['-vf', filters, ...picture, ...sound, `{0}.${index}.${ending}`],
  ]);
  const seconds = `duration ${PART_FRAMES / 25}`;
  const list = parts.map((_, index) => `file 'file:{0}.${index}.${ending}'\n${seconds}\n`).join('');
  const join = ['-f', 'concat', '-safe', '0', '-protocol_whitelist', 'file,data', '-i', `data:text/plain,${list}`];
  return [...encoded, [...join, '-c', 'copy', '{}']];
}

function shown(...boxes: readonly [x: number, y: number, width: number, height: number][]): readonly PicturePart[] {
  return boxes.map(([x, y, width, height]) => ({ frames: PART_FRAMES, box: { x, y, width, height } }));
}

const VP8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '-8', '-b:v', '3M', '-g', '25'];
const VORBIS = ['-c:a', 'libvorbis'];
const MPEG2 = ['-c:v', 'mpeg2video', '-b:v', '4M', '-g', '12', '-pix_fmt', 'yuv420p'];
const MJPEG = ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p'];
const VP9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '3M', '-g', '25'];
const AV1 = ['-c:v', 'libsvtav1', '-preset', '8', '-crf', '8', '-g', '25', '-svtav1-params', 'lp=1:enable-tf=0'];
const MP2 = ['-c:a', 'mp2'];
const FOUR_SIZES: readonly Part[] = [
  { width: 320, height: 180 },
  { width: 640, height: 360 },
  { width: 1280, height: 720 },
  { width: 360, height: 640 },
];
/** Sound cannot be told from flashes that are read where the pattern fills all of the picture. */
const CHANGING = { ...USUAL, beeps: false };

/** Sources by the shape of their picture. */
export const SHAPES: CorpusCase[] = [
  {
    name: 'portrait',
    file: 'portrait.mp4',
    steps: [[...inputs({ width: 180, height: 320 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, width: 180, height: 320 },
  },
  ...([90, 180, 270] as const).map((degrees): CorpusCase => {
    // The stored picture is turned so that the display matrix brings it upright again.
    const turn = { 90: 'transpose=clock', 180: 'hflip,vflip', 270: 'transpose=cclock' }[degrees];
    return {
      name: `rotated-${degrees}`,
      file: `rotated-${degrees}.mp4`,
      steps: [
        [...inputs(), '-vf', turn, ...X264, ...AAC, '{0}.mp4'],
        ['-display_rotation', String(degrees), '-i', '{0}.mp4', '-c', 'copy', '{}'],
      ],
      expect: USUAL,
    };
  }),
  {
    name: 'odd-size',
    file: 'odd.mkv',
    steps: [[...inputs({ width: 853, height: 481, frames: 50 }), ...X264, '-pix_fmt', 'yuv444p', ...AAC, '{}']],
    expect: { ...USUAL, frames: 50, width: 852, height: 480 },
  },
  {
    name: 'tiny',
    file: 'tiny.mp4',
    steps: [[...inputs({ width: 16, height: 16 }), ...X264, ...AAC, '{}']],
    expect: { ...USUAL, width: 16, height: 16 },
  },
  {
    name: 'anamorphic',
    file: 'anamorphic.mkv',
    steps: [[...inputs({ width: 320, height: 176 }), '-vf', 'scale=240:176,setsar=4/3', ...X264, ...AAC, '{}']],
    expect: { ...USUAL, width: 320, height: 176 },
  },
  {
    name: 'size-changes',
    file: 'size-changes.webm',
    steps: changing(FOUR_SIZES, { ending: 'webm', picture: VP8, sound: VORBIS }),
    expect: {
      ...{ ...CHANGING, frames: 4 * PART_FRAMES, width: 1280, height: 720 },
      parts: shown([0, 0, 1280, 720], [0, 0, 1280, 720], [0, 0, 1280, 720], [437, 0, 405, 720]),
    },
  },
  {
    name: 'size-changes-turned',
    file: 'size-changes-turned.mkv',
    steps: [
      ...changing(
        [FOUR_SIZES[3], FOUR_SIZES[0], FOUR_SIZES[1]]
          .filter((part) => part !== undefined)
          .map((part) => ({ ...part, filters: 'transpose=clock' })),
        {
          ...{ ending: 'mkv', picture: VP8, sound: VORBIS },
        },
      ).map((step) => step.map((word) => (word === '{}' ? '{0}.all.mkv' : word))),
      ['-display_rotation', '90', '-i', '{0}.all.mkv', '-c', 'copy', '{}'],
    ],
    expect: {
      ...{ ...CHANGING, frames: 3 * PART_FRAMES, width: 360, height: 640 },
      parts: shown([0, 0, 360, 640], [0, 219, 360, 202], [0, 219, 360, 202]),
    },
  },
  ...(['progressive', 'interlaced'] as const).map((scan): CorpusCase => {
    const fields = scan === 'interlaced';
    const weave = fields ? ',interlace=scan=tff:lowpass=off' : '';
    const narrow = { width: 768, height: 576, filters: `scale=720:576,setsar=16/15${weave}` };
    const wide = { width: 1024, height: 576, filters: `scale=720:576,setsar=64/45${weave}` };
    const picture = fields ? [...MPEG2, '-flags', '+ildct+ilme'] : MPEG2;
    return {
      ...{ name: `aspect-changes-${scan}`, file: `aspect-changes-${scan}.ts` },
      steps: changing([narrow, wide, narrow], { ending: 'ts', picture, sound: MP2, fields }),
      expect: {
        ...{ ...CHANGING, frames: 3 * PART_FRAMES, width: 1024, height: 576 },
        parts: shown([128, 0, 768, 576], [0, 0, 1024, 576], [128, 0, 768, 576]),
      },
    };
  }),
  {
    name: 'size-changes-h264',
    file: 'size-changes-h264.ts',
    steps: changing(
      [
        { width: 320, height: 240 },
        { width: 640, height: 360 },
        { width: 640, height: 272 },
      ],
      { ending: 'ts', picture: X264, sound: AAC },
    ),
    expect: {
      ...{ ...CHANGING, frames: 3 * PART_FRAMES, width: 640, height: 360 },
      parts: shown([80, 0, 480, 360], [0, 0, 640, 360], [0, 44, 640, 272]),
    },
  },
  {
    // Of only two key frames the first is lost to who decodes key frames alone, and the last picture before the change to all who decode.
    name: 'size-changes-mpeg2',
    file: 'size-changes-mpeg2.ts',
    steps: changing(
      [
        { width: 240, height: 180 },
        { width: 320, height: 180 },
      ],
      { ending: 'ts', picture: [...MPEG2, '-g', '30', '-bf', '0'], sound: MP2 },
    ),
    expect: {
      ...{ ...CHANGING, numbers: 'grid', frames: 2 * PART_FRAMES, width: 320, height: 180 },
      parts: shown([40, 0, 240, 180], [0, 0, 320, 180]),
    },
  },
  {
    name: 'size-changes-mjpeg',
    file: 'size-changes-mjpeg.mkv',
    steps: changing(
      [
        { width: 320, height: 240 },
        { width: 640, height: 360 },
      ],
      { ending: 'mkv', picture: MJPEG, sound: AAC },
    ),
    expect: {
      ...{ ...CHANGING, frames: 2 * PART_FRAMES, width: 640, height: 360 },
      parts: shown([80, 0, 480, 360], [0, 0, 640, 360]),
    },
  },
  {
    // As tape recorders deliver it: with the lines before the picture, here white.
    name: 'd10',
    file: 'd10.mxf',
    steps: [
      [
        ...inputs({ width: 720, height: 576, rate: '50', picturesPerNumber: 2 }),
        ...[
          '-vf',
          'interlace=scan=tff:lowpass=off,format=yuv422p,pad=720:608:0:32:white',
          '-c:v',
          'mpeg2video',
          '-g',
          '1',
        ],
        ...['-intra_vlc', '1', '-b:v', '30M', '-minrate', '30M', '-maxrate', '30M', '-bufsize', '1200000'],
        ...['-rc_init_occupancy', '1200000', '-flags', '+ildct+low_delay', '-non_linear_quant', '1', '-qmin', '1'],
        ...['-qmax', '12', '-c:a', 'pcm_s16le', '-f', 'mxf_d10', '{}'],
      ],
    ],
    expect: { ...USUAL, width: 720, height: 576, sourceFilter: 'crop=720:576:0:32' },
  },
  // Neither says all its sizes to whoever asks: our ffprobe cannot decode the one, and the other may change between key frames.
  ...[
    { name: 'av1', picture: AV1 },
    { name: 'vp9', picture: VP9 },
  ].map(({ name, picture }): CorpusCase => ({
    ...{ name: `size-changes-${name}`, file: `size-changes-${name}.mkv` },
    steps: changing(
      [
        { width: 640, height: 360 },
        { width: 320, height: 240 },
      ],
      { ending: 'mkv', picture, sound: AAC },
    ),
    expect: {
      ...{ ...CHANGING, frames: 2 * PART_FRAMES, width: 640, height: 360 },
      parts: shown([0, 0, 640, 360], [80, 0, 480, 360]),
    },
  })),
];
