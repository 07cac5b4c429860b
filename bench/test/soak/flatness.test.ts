import { expect, test } from 'vitest';
import { judgeFlatness } from '../../src/soak/flatness.ts';
import { slope } from '../../src/soak/least-squares.ts';

const samples = (values: readonly number[]) => values.map((y, index) => ({ videos: 20 * (index + 1), values: { y } }));
const growthOf = (values: readonly number[]) =>
  judgeFlatness(samples(values), () => ({ absolute: 5, share: 0, by: 'line' }))[0];

test('the slope is that of the line nearest to all points', () => {
  expect(slope([1, 2, 3, 4].map((x) => ({ x, y: 3 * x + 7 })))).toBeCloseTo(3);
  expect(slope([0, 10, 0, 10, 0].map((y, x) => ({ x, y })))).toBeCloseTo(0);
});

test('what goes up and down is flat, even where it ends higher than it began', () => {
  const verdict = growthOf([100, 108, 99, 107, 100, 108, 99, 108]);
  expect(verdict).toMatchObject({ first: 100, last: 108, holds: true });
});

test('what creeps is not', () => {
  const verdict = growthOf([100, 101, 102, 103, 104, 105, 106, 107]);
  expect(verdict?.growth).toBeCloseTo(7);
  expect(verdict?.holds).toBe(false);
});

test('a share of the mean is allowed where that is more', () => {
  const [verdict] = judgeFlatness(samples([100, 104, 108]), () => ({ absolute: 1, share: 0.1, by: 'line' }));
  expect(verdict?.allowed).toBeCloseTo(10.4);
  expect(verdict?.holds).toBe(true);
});

const byFloor = (values: readonly number[]) =>
  judgeFlatness(samples(values), () => ({ absolute: 5, share: 0, by: 'floor' }))[0];

test('the floor of a saw is flat whatever its teeth, and one that rises is not', () => {
  const saw = [200, 300, 370, 215, 290, 360, 204, 310];
  expect(byFloor(saw)).toMatchObject({ growth: 4, holds: true });
  expect(byFloor(saw.map((value, index) => value + 3 * index))?.holds).toBe(false);
});
