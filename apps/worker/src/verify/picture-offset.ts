/** Mean difference of neighbouring frames, in grey levels, under which a picture does not move enough to say anything. */
const STILL = 0.6;
/** Another frame has to fit this much better than the right one to count. */
const CLEARLY_BETTER = 0.7;

/**
 * By how many frames a published picture is off: 0 where the frame of the same number fits best, undefined where nothing moves.
 * `neighbours` are the reference's frames around it, the middle one of the same number.
 */
export function pictureOffset(published: Buffer, neighbours: readonly Buffer[]): number | undefined {
  const middle = Math.floor(neighbours.length / 2);
  const same = neighbours[middle];
  if (same === undefined) return undefined;
  const moves = neighbours.filter((_, index) => index !== middle).map((other) => difference(same, other));
  if (Math.min(...moves) < STILL) return undefined;
  const fits = neighbours.map((neighbour) => difference(published, neighbour));
  const best = fits.reduce((top, fit, index) => (fit < (fits[top] ?? Infinity) ? index : top), middle);
  return (fits[best] ?? 0) < (fits[middle] ?? 0) * CLEARLY_BETTER ? best - middle : 0;
}

function difference(a: Buffer, b: Buffer): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += Math.abs((a[index] ?? 0) - (b[index] ?? 0));
  return sum / Math.max(1, a.length);
}
