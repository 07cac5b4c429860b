import { expect, test } from 'vitest';
import { detectRate } from '../../../src/probe/picture/detect-rate.ts';

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

test.each([3, 7, 10])('a picture each %i s is just that', (seconds) => {
  const declared = [{ num: 25, den: 1 }];
  const found = detectRate(
    Float64Array.from({ length: 6 }, (_, n) => n * seconds * 1000),
    MILLISECONDS,
    declared,
  );
  expect(found).toMatchObject({ kind: 'constant', rate: { num: 1, den: seconds } });
});

test.each([
  ['ticks once a frame', { num: 1001, den: 120_000 }, 1, { num: 120_000, den: 1001 }],
  ['ticks twice', { num: 1001, den: 48_000 }, 2, { num: 24_000, den: 1001 }],
])('a clock that %s tells the rate of a few better than who guesses a rounder one', (_, timeBase, step, rate) => {
  const declared = [{ num: Math.round(rate.num / rate.den), den: 1 }];
  const few = Float64Array.from({ length: 5 }, (_nothing, frame) => frame * step);
  expect(detectRate(few, timeBase, declared)).toMatchObject({ kind: 'constant', rate });
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

test.each([
  ['a usual one, though what is worked out last is none', [30, 1], [128, 7], { num: 30, den: 1 }],
  ['the half of what counts fields', [48_000, 1001], [48_000, 1001], { num: 24_000, den: 1001 }],
  ['a usual one where a clock counts', [1000, 1], [1000, 1], { num: 25, den: 1 }],
  ['the nearest, where nothing usual is said', [128, 7], [128, 7], { num: 20, den: 1 }],
] as const)('the rate of one frame is %s', (_, first, second, rate) => {
  const declared = [first, second].map(([num, den]) => ({ num, den }));
  expect(detectRate(Float64Array.of(0), MILLISECONDS, declared).rate).toEqual(rate);
});
