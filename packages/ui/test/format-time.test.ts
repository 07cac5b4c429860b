import { expect, test } from 'vitest';
import {
  formatAbout,
  formatAgo,
  formatDuration,
  formatExactDuration,
  formatSpan,
  formatTimeLeft,
} from '../src/format-time.ts';

test.each([
  [0, '00:00'],
  [7.9, '00:07'],
  [725, '12:05'],
  [3723, '01:02:03'],
  [360_000, '100:00:00'],
])('%d s is at %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test('milliseconds on hover', () => {
  expect(formatExactDuration(12.345)).toBe('00:12.345');
});

test.each([
  [0.2, '1 s'],
  [45, '45 s'],
  [59.8, '1 min'],
  [180, '3 min'],
  [3599, '1 h'],
  [7800, '2 h 10 min'],
  [7200, '2 h'],
  [273_600, '3 d 4 h'],
])('%d s is a span of %s', (seconds, text) => {
  expect(formatSpan(seconds)).toBe(text);
});

test('what is left', () => {
  expect(formatTimeLeft(180)).toBe('3 min left');
});

test.each([
  ['2026-05-04T12:00:00.000Z', 'just now'],
  ['2026-05-04T11:55:00.000Z', '5 min ago'],
  ['2026-05-04T02:00:00.000Z', '10 h ago'],
  ['2026-03-04T12:00:00.000Z', '4 Mar'],
  ['2025-03-04T12:00:00.000Z', '4 Mar 2025'],
])('%s was %s', (then, text) => {
  expect(formatAgo(then, new Date('2026-05-04T12:00:30.000Z'))).toBe(text);
});

test.each([
  [{ seconds: 360, low: 300, high: 430 }, 'about 6 min'],
  [{ seconds: 360, low: 230, high: 590 }, '4 to 10 min'],
  [{ seconds: 36, low: 30, high: 50 }, 'about 40 s'],
  [{ seconds: 0, low: 0, high: 0 }, 'about 10 s'],
  [{ seconds: 50, low: 20, high: 130 }, '20 s to 2 min'],
  [{ seconds: 2_000, low: 1_800, high: 2_400 }, 'about 35 min'],
  [{ seconds: 9_000, low: 3_000, high: 12_000 }, '50 min to 3 h 30 min'],
  [{ seconds: 200_000, low: 170_000, high: 230_000 }, 'about 2 d 8 h'],
])('what is not known exactly is not said exactly: %o', (estimate, words) => {
  expect(formatAbout(estimate)).toBe(words);
});
