import {
  TranscodeError,
  type Colour,
  type Container,
  type Fraction,
  type PictureDecoder,
  type Shape,
  type VideoStream,
} from '@transcode/contracts';
import { isOnItsSide, known, reduce, toNumber } from '@transcode/planner';
import type { DescribedFrame, DescribedStream, SideData } from '../described.ts';
import { onTheirGrid, withoutHeldStart } from './first-frame.ts';
import { keyframes } from './keyframes.ts';
import { orientation } from './orientation.ts';
import { parseFraction } from '../parse-fraction.ts';
import { bitDepthOf, hasAlpha } from './pixel-format.ts';
import type { PresentationTimes } from './presentation-times.ts';

/** Pictures that come at least so often, in seconds, all last as long as each other, whatever is said of the last. */
const LONGEST_STEADY_SECONDS = 1;
/** Aspects of a pixel beyond this are damage. */
const MOST_ASPECT = 16;
const SCREENS: readonly Fraction[] = [
  { num: 4, den: 3 },
  { num: 16, den: 9 },
];
/** Decoders of these mark each frame; for other codecs the container's word counts. */
const MARKS_FRAMES = new Set(['h264', 'hevc', 'mpeg2video', 'mpeg1video', 'av1', 'vp8', 'vp9']);

/** D-10 (IMX) codes the lines before the picture, too, by the lines of all: the picture follows them. */
const D10_BLANK_LINES: ReadonlyMap<string, number> = new Map([
  ['720x608', 608 - 576],
  ['720x512', 512 - 486],
]);

export interface VideoFindings {
  readonly container: Container;
  readonly stream: DescribedStream;
  readonly timeBase: Fraction;
  readonly frames: readonly DescribedFrame[];
  readonly shown: PresentationTimes;
  readonly lastDuration: number;
  /** The rate of frames that carry no times. */
  readonly counted?: Fraction;
  /** Of its key frames. */
  readonly shapes?: readonly Shape[];
  /** Whether these are all. */
  readonly areAllShapes?: boolean;
  /** What has to decode it. */
  readonly decoder?: PictureDecoder | undefined;
}

export function describeVideo({
  container,
  stream,
  timeBase,
  frames,
  shown,
  lastDuration,
  counted,
  shapes: ofKeys = [],
  areAllShapes = true,
  decoder,
}: VideoFindings): VideoStream {
  const { codec_name: codec, pix_fmt: streamFormat } = stream;
  const blankLines = blankLinesOf(container, stream);
  const { width, height } = sizeOf(stream, blankLines);
  const pixelFormat = decoder === undefined ? (frames[0]?.pix_fmt ?? streamFormat) : streamFormat;
  if (codec === undefined || pixelFormat === undefined || width <= 0 || height <= 0) {
    throw new TranscodeError('source_codec_unknown', { codec: codec ?? 'an unknown codec' });
  }
  const declared = [counted, parseFraction(stream.r_frame_rate), parseFraction(stream.avg_frame_rate)];
  const rates = declared.filter((found) => found !== undefined);
  const plain = container === 'avi' ? withoutHeldStart(shown.times, timeBase) : shown.times;
  const { times, rate, isFirstEarly } = onTheirGrid(plain, timeBase, rates);
  const seconds = (ticks: number) => (ticks * timeBase.num) / timeBase.den;
  const startSeconds = seconds(times[0] ?? 0);
  const lastSeconds = seconds(times.at(-1) ?? 0);
  const lastLength = lastDuration > 0 ? seconds(lastDuration) : 1 / toNumber(rate.rate);
  const places = (rate.places * rate.rate.den) / rate.rate.num;
  // Of pictures that stay for seconds the last may be over sooner, as in a slide show.
  const isSteady = rate.kind === 'constant' && 1 / toNumber(rate.rate) <= LONGEST_STEADY_SECONDS;
  const saidAspect = sampleAspectOf(stream.sample_aspect_ratio);
  const sampleAspect = blankLines === 0 ? saidAspect : withoutBlankLines(saidAspect, stream, height);
  const seen = withFirst(ofKeys, { fromSeconds: startSeconds, width, height, sampleAspect });
  const isFitted = (seen.length > 1 || !areAllShapes) && cropOf(stream) === undefined && blankLines === 0;
  const shapes = seen.length > 0 ? seen : [{ fromSeconds: startSeconds, width, height, sampleAspect }];
  const bitRate = Number(stream.bit_rate);
  const colour = colourOf(stream, frames[0]);
  const turned = orientation(displayMatrixOf(stream) ?? displayMatrixOf(frames[0]));
  return {
    index: stream.index,
    codec,
    ...(stream.profile === undefined ? {} : { profile: stream.profile }),
    width,
    height,
    ...displaySize(isFitted ? largest(shapes) : { width, height, sampleAspect }, turned.rotation),
    ...(blankLines === 0 ? {} : { blankLines }),
    sampleAspect,
    ...(isFitted ? { shapes: [...shapes] } : {}),
    ...(isFitted && !areAllShapes ? { mayChangeShape: true } : {}),
    ...turned,
    pixelFormat,
    bitDepth: bitDepthOf(pixelFormat),
    hasAlpha: hasAlpha(pixelFormat),
    colour,
    dynamicRange: colour.transfer === 'smpte2084' ? 'hdr10' : colour.transfer === 'arib-std-b67' ? 'hlg' : 'sdr',
    scan: scanOf(stream, frames),
    timeBase,
    rateKind: rate.kind,
    rate: rate.rate,
    frames: times.length,
    startSeconds,
    lastSeconds,
    endSeconds: isSteady ? startSeconds + places : lastSeconds + lastLength,
    // The transparency beside a picture may have its key frames elsewhere.
    keyframes: decoder === undefined ? keyframes(shown.keys, seconds) : [],
    ...(decoder === undefined ? {} : { decoder }),
    ...(isFirstEarly ? { isFirstEarly } : {}),
    ...(counted === undefined ? {} : { isCounted: true }),
    ...(Number.isNaN(bitRate) ? {} : { bitRate }),
  };
}

/** A decoder that gives a picture only once the next is there loses the first one where that has another size. */
function withFirst(seen: readonly Shape[], first: Shape): readonly Shape[] {
  const [earliest] = seen;
  const isLost = earliest !== undefined && (earliest.width !== first.width || earliest.height !== first.height);
  return isLost ? [first, ...seen] : seen;
}

/** What the container has cut off, as ffmpeg cuts it off before anything else. */
function sizeOf(stream: DescribedStream, blankLines: number): { width: number; height: number } {
  const { width = 0, height = 0 } = stream;
  const crop = cropOf(stream);
  return {
    width: width - (crop?.crop_left ?? 0) - (crop?.crop_right ?? 0),
    height: height - (crop?.crop_top ?? 0) - (crop?.crop_bottom ?? 0) - blankLines,
  };
}

function blankLinesOf(container: Container, { codec_name: codec, profile, width, height }: DescribedStream): number {
  const isD10 = container === 'mxf' && codec === 'mpeg2video' && profile === '4:2:2';
  return (isD10 ? D10_BLANK_LINES.get(`${width}x${height}`) : undefined) ?? 0;
}

/** Where all coded lines together would be of a screen's shape, that is meant of the picture. */
function withoutBlankLines(
  aspect: Fraction,
  { width = 0, height: coded = 0 }: DescribedStream,
  height: number,
): Fraction {
  const screen = SCREENS.find((each) => Math.abs((toNumber(aspect) * width) / coded / toNumber(each) - 1) < 0.01);
  return screen === undefined ? aspect : reduce(screen.num * height, screen.den * width);
}

function cropOf({ side_data_list: sideData = [] }: DescribedStream): SideData | undefined {
  return sideData.find(({ crop_top: top }) => top !== undefined);
}

export function sampleAspectOf(text: string | undefined): Fraction {
  const aspect = parseFraction(text);
  if (aspect === undefined) return { num: 1, den: 1 };
  const value = toNumber(aspect);
  return value > MOST_ASPECT || value < 1 / MOST_ASPECT ? { num: 1, den: 1 } : aspect;
}

/** Square pixels by changing the width alone, so that no line is made up. */
function displaySize(
  { width, height, sampleAspect }: Omit<Shape, 'fromSeconds'>,
  rotation: VideoStream['rotation'],
): { displayWidth: number; displayHeight: number } {
  const square = Math.max(1, Math.round(width * toNumber(sampleAspect)));
  return isOnItsSide({ rotation })
    ? { displayWidth: height, displayHeight: square }
    : { displayWidth: square, displayHeight: height };
}

function largest(shapes: readonly Shape[]): Shape {
  return shapes.reduce((best, shape) => (areaOf(shape) > areaOf(best) ? shape : best));
}

function areaOf({ width, height, sampleAspect }: Shape): number {
  return width * height * toNumber(sampleAspect);
}

function displayMatrixOf(described: Pick<DescribedStream, 'side_data_list'> | undefined): string | undefined {
  return described?.side_data_list?.find((data) => data.displaymatrix !== undefined)?.displaymatrix;
}

function colourOf(stream: DescribedStream, frame: DescribedFrame | undefined): Colour {
  const range = said(stream.color_range) ?? said(frame?.color_range);
  const primaries = said(stream.color_primaries) ?? said(frame?.color_primaries);
  const transfer = said(stream.color_transfer) ?? said(frame?.color_transfer);
  const matrix = said(stream.color_space) ?? said(frame?.color_space);
  return {
    ...(primaries === undefined ? {} : { primaries }),
    ...(transfer === undefined ? {} : { transfer }),
    ...(matrix === undefined ? {} : { matrix }),
    ...(range === 'tv' || range === 'pc' ? { range } : {}),
  };
}

function said(name: string | undefined): string | undefined {
  return known(name) ? name : undefined;
}

function scanOf(stream: DescribedStream, frames: readonly DescribedFrame[]): VideoStream['scan'] {
  const interlaced = frames.filter((frame) => frame.interlaced_frame === 1);
  if (interlaced.length * 2 > frames.length) {
    const topFirst = interlaced.filter((frame) => frame.top_field_first === 1).length;
    return topFirst * 2 >= interlaced.length ? 'tff' : 'bff';
  }
  if (MARKS_FRAMES.has(stream.codec_name ?? '')) return 'progressive';
  const order = stream.field_order ?? '';
  if (['tt', 'bt'].includes(order)) return 'tff';
  return ['bb', 'tb'].includes(order) ? 'bff' : 'progressive';
}
