import { expect, test } from 'vitest';
import { qualityPath, qualityScale } from '../../../src/features/player/quality-path.ts';

test('the scale reaches from the top to a round figure below the worst second', () => {
  expect(qualityScale({ metric: 'vmaf', min: 40, perSecond: [96, null, 83.4] })).toEqual({ low: 80, high: 100 });
  expect(qualityScale({ metric: 'vmaf', min: 1, perSecond: [1] })).toEqual({ low: 0, high: 100 });
  expect(qualityScale({ metric: 'ssim', min: 0.9, perSecond: [0.98] }).low).toBeCloseTo(0.95);
});

test('seconds that were not measured are bridged', () => {
  const path = qualityPath([100, null, 50, 50], { low: 0, high: 100 }, 4, 400, 100);
  expect(path).toBe('M0.0 0.0L50.0 0.0L250.0 50.0L350.0 50.0L400.0 50.0');
});

test('nothing measured, nothing drawn', () => {
  expect(qualityPath([null], { low: 0, high: 100 }, 4, 400, 100)).toBe('');
});
