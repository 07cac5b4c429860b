import { expect, test } from 'vitest';
import { RateMeter } from '../../../src/features/uploads/rate-meter.ts';

test('is silent until there is enough to tell', () => {
  const meter = new RateMeter();
  expect(meter.rate(0)).toBeUndefined();
  meter.add(0, 1000);
  meter.add(100, 2000);
  expect(meter.rate(100)).toBeUndefined();
});

test('tells the rate of the last seconds, not since the beginning', () => {
  const meter = new RateMeter();
  for (let second = 0; second <= 10; second += 1) meter.add(second * 1000, second * 100);
  expect(meter.rate(10_000)).toBeCloseTo(100);
  for (let second = 11; second <= 20; second += 1) meter.add(second * 1000, 1000 + (second - 10) * 500);
  expect(meter.rate(20_000)).toBeCloseTo(500);
});

test('falls while nothing moves, and begins anew after a pause', () => {
  const meter = new RateMeter();
  meter.add(0, 0);
  meter.add(1000, 1000);
  expect(meter.rate(2000)).toBeCloseTo(500);
  meter.reset();
  expect(meter.rate(2000)).toBeUndefined();
});
