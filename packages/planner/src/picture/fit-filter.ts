import type { VideoStream } from '@transcode/contracts';
import { pixelAspect } from './pixel-aspect.ts';
import { neutralTags } from './taken-colour.ts';

type Size = Readonly<{ width: number; height: number }>;

/** Whether its pictures have several shapes, or may have. */
export function changesShape({ shapes = [], mayChangeShape = false }: VideoStream): boolean {
  return shapes.length > 1 || mayChangeShape;
}

/**
 * Where pictures change their size or the shape of their pixels, each is fitted into one frame as it comes, with bars, and nothing that
 * follows sees another size. Both filters look at each picture, never at the first one alone: whoever begins to decode in the middle
 * gets the same. `frame` is upright; ffmpeg must not have turned the pictures, as it would cut all to the first one's size.
 */
export function fitFilter(video: VideoStream, frame: Size): string[] {
  const { width, height } = isOnItsSide(video) ? { width: frame.height, height: frame.width } : frame;
  // Fields are scaled each for itself, and stay in their lines.
  const lines = video.scan === 'progressive' ? 2 : 4;
  const aspect = pixelAspect(video);
  const across = fitted(`${height}*iw*(${aspect})/ih`, { most: width, step: 2 });
  const down = fitted(`${width}*ih/(iw*(${aspect}))`, { most: height, step: lines });
  const fields = lines === 2 ? '' : ':interl=1';
  return [
    ...neutralTags(video),
    `scale=w=${across}:h=${down}:eval=frame:flags=bicubic+accurate_rnd${fields}`,
    `pad=w=${width}:h=${height}:x=(ow-iw)/2:y=${lines}*floor((oh-ih)/${2 * lines}):eval=frame`,
    'setsar=1',
  ];
}

/** What ffmpeg does by itself where it is not told not to. */
export function turnFilter({ rotation, mirrored }: VideoStream): string[] {
  if (rotation === 90) return [`transpose=${mirrored ? 'cclock_flip' : 'clock'}`];
  if (rotation === 270) return [`transpose=${mirrored ? 'clock_flip' : 'cclock'}`];
  return [...(rotation === 180 ? ['hflip'] : []), ...((rotation === 180) === mirrored ? [] : ['vflip'])];
}

/** Fields have to stay whole where lines are scaled: for them the frame is the source's own height, in whole pairs of both. */
export function fittingFrame(video: VideoStream, reference: Size): Size {
  if (video.scan === 'progressive') return reference;
  return { width: fours(video.displayWidth), height: fours(video.displayHeight) };
}

function fours(length: number): number {
  return Math.max(16, Math.round(length / 4) * 4);
}

/** Whether it stands upright only once width and height have changed places. */
export function isOnItsSide({ rotation }: Pick<VideoStream, 'rotation'>): boolean {
  return rotation === 90 || rotation === 270;
}

/** No bar is thinner than a step on each side. */
function fitted(length: string, { most, step }: { most: number; step: number }): string {
  const whole = `max(${step},${step}*round(ld(0)/${step}))`;
  return `if(gt(st(0,${length}),${most - step}),${most},${whole})`.replaceAll(',', '\\,');
}
