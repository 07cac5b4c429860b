import { packageFailed } from '../package-failed.ts';

/** Converts ticks exactly; a time that has no whole number on the new scale is an error, never rounded. */
export function toTimescale(from: number, to: number): (tick: number) => number {
  const divisor = gcd(from, to);
  const multiply = to / divisor;
  const divide = from / divisor;
  return (tick) => {
    const exact = (tick * multiply) / divide;
    if (!Number.isSafeInteger(exact))
      throw packageFailed(`tick ${tick} of 1/${from} s is not on the grid of 1/${to} s`);
    return exact;
  };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
