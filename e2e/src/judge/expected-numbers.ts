import type { PatternFrame, PublishedExpectation } from '@transcode/testing/media';

/** 16 bits are burned in. */
const WRAP = 65_536;

/**
 * The numbers that a right output shows, one a grid place, and where a source frame lies so close to the middle between two
 * places that either is right, the output's own choice among the two.
 */
export function expectedNumbers(
  expected: PublishedExpectation,
  source: readonly PatternFrame[],
  sourceTimes: readonly number[],
): number[] {
  if (expected.numbers !== 'grid') {
    const step = expected.numbers === 'all' ? 1 : 2;
    return Array.from({ length: expected.frames ?? 0 }, (_, index) => (index * step) % WRAP);
  }
  const [num = 0, den = 1] = expected.rate.split('/').map(Number);
  const zero = sourceTimes[0] ?? 0;
  const places = sourceTimes.map((time) => Math.round((time - zero) * (num / den) + 1e-6));
  const count = (places.at(-1) ?? 0) + 1;
  const numbers: number[] = [];
  let at = 0;
  for (let place = 0; place < count; place += 1) {
    while (at + 1 < places.length && (places[at + 1] ?? Infinity) <= place) at += 1;
    numbers.push(source[at]?.number ?? -1);
  }
  return numbers;
}
