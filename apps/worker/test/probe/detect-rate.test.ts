import { expect, test } from 'vitest';
import { detectRate } from '../../src/probe/detect-rate.ts';

const MILLISECONDS = { num: 1, den: 1000 };

/** Frames of a constant rate that `keep` selects, in milliseconds as Matroska rounds them. */
function times(rate: number, frames: number, keep: (frame: number) => boolean = () => true): Float64Array {
  const numbers = Array.from({ length: frames }, (_, frame) => frame).filter(keep);
  return Float64Array.from(numbers, (frame) => Math.round((frame * 1000) / rate));
}

test.each([
  [24_000, 1001],
  [25, 1],
  [30_000, 1001],
  [60_000, 1001],
  [120_000, 1001],
])('times rounded to milliseconds are still %i/%i', (num, den) => {
  const found = detectRate(times(num / den, 400), MILLISECONDS, []);
  expect(found.kind).toBe('constant');
  expect(found.rate.num / found.rate.den).toBeCloseTo(num / den, 3);
});

test('a screen that stands still at times is variable, at the average of when it moves', () => {
  const screen = times(30, 300, (frame) => frame < 20 || frame % 30 === 0 || (frame >= 100 && frame <= 140));
  const found = detectRate(screen, MILLISECONDS, []);
  expect(found.kind).toBe('variable');
  expect(found.rate.num / found.rate.den).toBeCloseTo(30, 1);
});

test('one frame lasts as long as the average says', () => {
  const declared = [
    { num: 100, den: 1 },
    { num: 10, den: 1 },
  ];
  expect(detectRate(Float64Array.of(0), MILLISECONDS, declared).rate).toEqual({ num: 10, den: 1 });
});
