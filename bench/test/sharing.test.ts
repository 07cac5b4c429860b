import { expect, test } from 'vitest';
import { framesPerSecond, settled, type DoneChunk } from '../src/sharing.ts';

/** `a` works from 0 to 40 s, `b` from 10 to 30 s, in chunks of 4 s and 100 frames, with a tenth of a second between them. */
const chunksOf = (workerId: string, from: number, to: number): DoneChunk[] =>
  Array.from({ length: (to - from) / 4 }, (_, n) => {
    const start = (from + n * 4) * 1000;
    return { workerId, start, end: start + 3_900, frames: 100 };
  });
const chunks = [...chunksOf('a', 0, 40), ...chunksOf('b', 10, 30)];

test('a stretch of one begins once the other has done what it had, one of both once both have begun', () => {
  expect(settled({ workers: ['a'], from: 28_000, to: 36_000 }, chunks)).toMatchObject({ from: 29_900, to: 36_000 });
  expect(settled({ workers: ['a', 'b'], from: 9_000, to: 20_000 }, chunks)).toMatchObject({ from: 10_000, to: 20_000 });
});

test('it ends where there is nothing more to take, and one of which nothing is left does not count', () => {
  expect(settled({ workers: ['a'], from: 31_000, to: 50_000 }, chunks)).toMatchObject({ from: 31_000, to: 36_000 });
  expect(settled({ workers: ['a'], from: 26_000, to: 29_000 }, chunks)).toBeUndefined();
  expect(settled({ workers: ['b'], from: 40_000, to: 50_000 }, chunks)).toBeUndefined();
});

test('two that work alike do twice as much as one, pauses between chunks included', () => {
  const alone = framesPerSecond([{ workers: ['a'], from: 0, to: 8_000 }], chunks);
  const both = framesPerSecond([{ workers: ['a', 'b'], from: 14_000, to: 26_000 }], chunks);
  expect(alone).toBeCloseTo(25, 5);
  expect(both).toBeCloseTo(50, 0);
});
