import type { VideoStream } from '@transcode/contracts';

type Orientation = Pick<VideoStream, 'rotation' | 'mirrored'>;

/**
 * Reads a display matrix as ffmpeg does when it turns pictures upright: first clockwise by `rotation`, then, if mirrored, flipped
 * top to bottom.
 */
export function orientation(displayMatrix: string | undefined): Orientation {
  const [a = 1, b = 0, , c = 0, d = 1] = matrixOf(displayMatrix);
  const counterClockwise = -(Math.atan2(b, a) * 180) / Math.PI;
  const rotation = (((Math.round(-counterClockwise / 90) * 90) % 360) + 360) % 360;
  return { rotation: rightAngle(rotation), mirrored: a * d - b * c < 0 };
}

function matrixOf(text: string | undefined): number[] {
  const rows = (text ?? '').split('\n').map((row) => /^[0-9a-f]{8}:(.*)$/.exec(row.trim())?.[1]);
  return rows.filter((row) => row !== undefined).flatMap((row) => row.trim().split(/\s+/).map(Number));
}

function rightAngle(degrees: number): Orientation['rotation'] {
  return degrees === 90 || degrees === 180 || degrees === 270 ? degrees : 0;
}
