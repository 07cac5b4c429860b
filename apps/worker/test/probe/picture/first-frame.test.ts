import { expect, test } from 'vitest';
import { onTheirGrid, withoutHeldStart } from '../../../src/probe/picture/first-frame.ts';

const TICKS = { num: 1, den: 90_000 };
const RATE = { num: 1, den: 2 };
const STEP = 180_000;
/** AAC's priming at 44,100 Hz. */
const DELAY = 2093;

test.each([3, 4, 9])(
  'of %i frames the first, which is early by a codec’s delay, is put on the grid of the others',
  (count) => {
    const times = Float64Array.from({ length: count }, (_, frame) => frame * STEP + (frame === 0 ? 0 : DELAY));
    const found = onTheirGrid(times, TICKS, [RATE]);
    expect(found.rate).toMatchObject({ kind: 'constant', rate: RATE, places: count });
    expect([...found.times]).toEqual([...times].with(0, DELAY));
    expect(found.isFirstEarly).toBe(true);
  },
);

test('three frames of which the source says no such rate stay where they are', () => {
  const times = Float64Array.from([0, STEP + DELAY, 2 * STEP + DELAY]);
  const found = onTheirGrid(times, TICKS, [{ num: 25, den: 1 }]);
  expect(found.times).toBe(times);
  expect(found.isFirstEarly).toBe(false);
});

test.each([
  { rate: 25, empty: 1, shown: [1, 2, 3] },
  { rate: 100, empty: 3, shown: [3, 4, 5] },
  { rate: 25, empty: 3, shown: [0, 4, 5] },
])('at $rate a second, $empty empty places behind the first', ({ rate, empty, shown }) => {
  const times = Float64Array.from([0, ...Array.from({ length: 9 }, (_, frame) => frame + 1 + empty)]);
  expect([...withoutHeldStart(times, { num: 1, den: rate }).slice(0, 3)]).toEqual(shown);
});
