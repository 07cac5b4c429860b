import type { Fraction } from '@transcode/contracts';

export function toNumber(fraction: Fraction): number {
  return fraction.num / fraction.den;
}

export function reduce(num: number, den: number): Fraction {
  const divisor = greatestCommonDivisor(num, den);
  return { num: num / divisor, den: den / divisor };
}

/** As ffmpeg reads it: `30000/1001`. */
export function ratio(fraction: Fraction): string {
  return `${fraction.num}/${fraction.den}`;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? Math.max(1, a) : greatestCommonDivisor(b, a % b);
}
