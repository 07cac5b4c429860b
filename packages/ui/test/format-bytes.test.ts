import { expect, test } from 'vitest';
import { formatBitRate, formatByteRate, formatBytes, formatExact } from '../src/format-bytes.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [1_400_000_000, '1.4 GB'],
  [23_120_000, '23.1 MB'],
  [512_000_000, '512 MB'],
  [42_949_672_960, '42.9 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('rates carry their unit', () => {
  expect(formatByteRate(12_400_000)).toBe('12.4 MB/s');
  expect(formatBitRate(365_000)).toBe('365 kb/s');
  expect(formatBitRate(3_214_000)).toBe('3.2 Mb/s');
  expect(formatExact(1_400_000_123, 'bytes')).toBe('1,400,000,123 bytes');
});
