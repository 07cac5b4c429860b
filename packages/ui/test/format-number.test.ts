import { expect, test } from 'vitest';
import { formatFps, formatFrameRate, formatScore, formatSpeed } from '../src/format-number.ts';

test.each([
  [24_000, 1001, '23.976'],
  [30_000, 1001, '29.97'],
  [60_000, 1001, '59.94'],
  [25, 1, '25'],
  [15, 2, '7.5'],
])('%d/%d frames per second is %s', (num, den, text) => {
  expect(formatFrameRate({ num, den })).toBe(text);
});

test('measured figures', () => {
  expect(formatFps(48.4)).toBe('48');
  expect(formatFps(7.52)).toBe('7.5');
  expect(formatSpeed(3.24)).toBe('3.2×');
  expect(formatSpeed(12.4)).toBe('12×');
  expect(formatScore(93.42, 'vmaf')).toBe('93.4');
  expect(formatScore(0.98712, 'ssim')).toBe('0.987');
});
