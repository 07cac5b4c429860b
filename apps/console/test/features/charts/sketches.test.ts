import { expect, test } from 'vitest';
import { historyShape } from '../../../src/features/charts/history-shape.ts';
import { ticksTo } from '../../../src/features/charts/ticks-to.ts';

const FRAME = { from: 0, to: 100, top: 10, width: 1000, height: 100 };
const SERIES = { key: 'waiting', gapMs: 20 };

test.for([
  [0, 1, 2],
  [1, 1, 2],
  [2, 1, 2],
  [3, 2, 4],
  [9, 5, 10],
  [50, 25, 50],
  [51, 50, 100],
  [7_000, 5_000, 10_000],
])('a scale to %i is written at %i and %i', ([most = 0, middle = 0, top = 0]) => {
  expect(ticksTo(most)).toEqual([0, middle, top]);
});

test('a line ends where nobody looked, and what is below it with it', () => {
  const points = [0, 10, 60, 70].map((at) => ({ at, waiting: at / 10 }));
  expect(historyShape(points, SERIES, FRAME)).toEqual({
    line: 'M0 100L100 90M600 40L700 30',
    area: 'M0 100L0 100L100 90L100 100ZM600 100L600 40L700 30L700 100Z',
  });
});

test('one value alone is a dot, and what was not told is nothing', () => {
  const points = [
    { at: 0, waiting: null },
    { at: 10, waiting: 5 },
    { at: 20, waiting: null },
  ];
  expect(historyShape(points, SERIES, FRAME).line).toBe('M100 50h0');
});
