import { seededRandom } from '@transcode/testing/random';
import { expect, test } from 'vitest';
import { percentile } from '../../src/lists/percentile.ts';
import { randomQuery } from '../../src/lists/random-query.ts';

test('the same seed asks the same, and every kind is asked for', () => {
  const [one, other] = [seededRandom(3), seededRandom(3)];
  const asked = Array.from({ length: 200 }, () => randomQuery(one));
  const withoutTime = (query: (typeof asked)[number]) => query.kind !== 'time' && query.kind !== 'cause';
  const again = Array.from({ length: 200 }, () => randomQuery(other));
  expect(asked.filter(withoutTime)).toEqual(again.filter(withoutTime));
  expect(new Set(asked.map(({ kind }) => kind)).size).toBe(6);
});

test('a percentile is a value that was measured', () => {
  expect(percentile([3, 1, 2], 0.5)).toBe(2);
  expect(
    percentile(
      Array.from({ length: 100 }, (_, at) => at + 1),
      0.99,
    ),
  ).toBe(99);
  expect(percentile([7], 0.99)).toBe(7);
});
