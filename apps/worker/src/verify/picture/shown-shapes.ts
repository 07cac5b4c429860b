import type { Grid, Shape, VideoStream } from '@transcode/contracts';
import { isOnItsSide, toNumber } from '@transcode/planner';

const FRAME = /Parsed_showinfo_.* s:(\d+)x(\d+) /;

export type Size = Pick<Shape, 'width' | 'height'>;

/** The size of a picture, if this is a line in which ffmpeg says it. */
export function sizeIn(line: string): Size | undefined {
  const [, width, height] = FRAME.exec(line) ?? [];
  return width === undefined ? undefined : { width: Number(width), height: Number(height) };
}

/**
 * How wide a picture of this size is shown for its height, upright. The aspect of its pixels is what the probe saw of pictures of that
 * size at that time: ffmpeg says the first one's of all.
 */
export function shownAspect(
  size: Size,
  { rotation, shapes = [] }: Pick<VideoStream, 'rotation' | 'shapes'>,
  at: { grid: Grid; frame: number },
): number {
  const aspect = (size.width * pixelAspectAt(shapes, size, at)) / size.height;
  return isOnItsSide({ rotation }) ? 1 / aspect : aspect;
}

function pixelAspectAt(
  shapes: readonly Shape[],
  { width, height }: Size,
  { grid, frame }: { grid: Grid; frame: number },
): number {
  const alike = shapes.filter((shape) => shape.width === width && shape.height === height);
  const found = alike.findLast(({ fromSeconds }) => placeOf(fromSeconds, grid) <= frame) ?? alike[0] ?? shapes[0];
  return found === undefined ? 1 : toNumber(found.sampleAspect);
}

function placeOf(seconds: number, { zeroSeconds, rate }: Grid): number {
  return Math.floor((seconds - zeroSeconds) * toNumber(rate) + 0.5 + 1e-6);
}
