import type { Shape, VideoStream } from '@transcode/contracts';
import { decimal } from './grid-filter.ts';

/** Times of key frames are rounded, in seconds. */
const ROUNDING = 0.001;

/**
 * An expression of ffmpeg's for the aspect of a picture's pixels, by its size, and by its time where pictures of one size differ:
 * ffmpeg itself gives all pictures the aspect of the first.
 */
export function pixelAspect({ shapes = [] }: VideoStream): string {
  const bySize = Map.groupBy(shapes, ({ width, height }) => `eq(iw,${width})*eq(ih,${height})`);
  const [[, first] = ['', []], ...others] = bySize;
  const usual = byTime(first);
  // One sum and not one choice within another, of which ffmpeg takes a hundred.
  return others.reduce((sum, [isOfSize, ofSize]) => {
    const aspect = byTime(ofSize);
    return aspect === usual ? sum : `${sum}+${isOfSize}*(${aspect}-(${usual}))`;
  }, usual);
}

function byTime([first, ...later]: readonly Shape[]): string {
  let aspect = first === undefined ? '1' : ratioOf(first);
  let expression = aspect;
  for (const shape of later) {
    const next = ratioOf(shape);
    if (next !== aspect) expression += `+gte(t,${decimal(shape.fromSeconds - ROUNDING)})*(${next}-${aspect})`;
    aspect = next;
  }
  return expression;
}

function ratioOf({ sampleAspect: { num, den } }: Shape): string {
  return num === den ? '1' : `${num}/${den}`;
}
