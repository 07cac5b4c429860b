import { TranscodeError, type Colour, type Container, type Fraction, type VideoStream } from '@transcode/contracts';
import { toNumber } from '@transcode/planner';
import type { DescribedFrame, DescribedStream } from './described.ts';
import { detectRate } from './detect-rate.ts';
import { keyframes } from './keyframes.ts';
import { orientation } from './orientation.ts';
import { parseFraction } from './parse-fraction.ts';
import { bitDepthOf, hasAlpha } from './pixel-format.ts';
import { medianStep, type PresentationTimes } from './presentation-times.ts';

/** Aspects of a pixel beyond this are damage. */
const MOST_ASPECT = 16;
/** Decoders of these mark each frame; for other codecs the container's word counts. */
const MARKS_FRAMES = new Set(['h264', 'hevc', 'mpeg2video', 'mpeg1video', 'av1', 'vp8', 'vp9']);

export interface VideoFindings {
  readonly container: Container;
  readonly stream: DescribedStream;
  readonly timeBase: Fraction;
  readonly frames: readonly DescribedFrame[];
  readonly shown: PresentationTimes;
  readonly lastDuration: number;
}

export function describeVideo({
  container,
  stream,
  timeBase,
  frames,
  shown,
  lastDuration,
}: VideoFindings): VideoStream {
  const { codec_name: codec, pix_fmt: streamFormat } = stream;
  const { width, height } = sizeOf(stream);
  const pixelFormat = frames[0]?.pix_fmt ?? streamFormat;
  if (codec === undefined || pixelFormat === undefined || width <= 0 || height <= 0) {
    throw new TranscodeError('source_codec_unknown', { codec: codec ?? 'an unknown codec' });
  }
  const times = container === 'avi' ? withoutHeldStart(shown.times) : shown.times;
  const declared = [parseFraction(stream.r_frame_rate), parseFraction(stream.avg_frame_rate)];
  const rate = detectRate(
    times,
    timeBase,
    declared.filter((found) => found !== undefined),
  );
  const seconds = (ticks: number) => (ticks * timeBase.num) / timeBase.den;
  const startSeconds = seconds(times[0] ?? 0);
  const lastSeconds = seconds(times.at(-1) ?? 0);
  const lastLength = lastDuration > 0 ? seconds(lastDuration) : 1 / toNumber(rate.rate);
  const constantEnd = startSeconds + (rate.places * rate.rate.den) / rate.rate.num;
  const bitRate = Number(stream.bit_rate);
  const colour = colourOf(stream, frames[0]);
  const turned = orientation(displayMatrixOf(stream) ?? displayMatrixOf(frames[0]));
  return {
    index: stream.index,
    codec,
    ...(stream.profile === undefined ? {} : { profile: stream.profile }),
    width,
    height,
    ...displaySize(width, height, sampleAspectOf(stream), turned.rotation),
    sampleAspect: sampleAspectOf(stream),
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
    endSeconds: rate.kind === 'constant' ? constantEnd : lastSeconds + lastLength,
    keyframes: keyframes(shown.keys, seconds),
    ...(Number.isNaN(bitRate) ? {} : { bitRate }),
  };
}

/** What the container has cut off, as ffmpeg cuts it off before anything else. */
function sizeOf({ width = 0, height = 0, side_data_list: sideData = [] }: DescribedStream): {
  width: number;
  height: number;
} {
  const crop = sideData.find(({ crop_top: top }) => top !== undefined);
  return {
    width: width - (crop?.crop_left ?? 0) - (crop?.crop_right ?? 0),
    height: height - (crop?.crop_top ?? 0) - (crop?.crop_bottom ?? 0),
  };
}

/** AVI muxers leave the second place empty to make up for the sound's delay; it is no frame held twice as long. */
function withoutHeldStart(times: Float64Array): Float64Array {
  const [first = 0, second = first] = times;
  const step = medianStep(times);
  return times.length > 2 && second - first === 2 * step ? times.with(0, second - step) : times;
}

function sampleAspectOf(stream: DescribedStream): Fraction {
  const aspect = parseFraction(stream.sample_aspect_ratio);
  if (aspect === undefined) return { num: 1, den: 1 };
  const value = toNumber(aspect);
  return value > MOST_ASPECT || value < 1 / MOST_ASPECT ? { num: 1, den: 1 } : aspect;
}

/** Square pixels by changing the width alone, so that no line is made up. */
function displaySize(
  width: number,
  height: number,
  aspect: Fraction,
  rotation: VideoStream['rotation'],
): { displayWidth: number; displayHeight: number } {
  const square = Math.max(1, Math.round(width * toNumber(aspect)));
  const onItsSide = rotation === 90 || rotation === 270;
  return onItsSide ? { displayWidth: height, displayHeight: square } : { displayWidth: square, displayHeight: height };
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
  return name === undefined || name === 'unknown' || name === 'unspecified' || name === 'reserved' ? undefined : name;
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
