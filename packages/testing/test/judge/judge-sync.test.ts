import { expect, test } from 'vitest';
import { judgeEachFlash, judgeSync } from '../../src/judge/judge-sync.ts';

const FLASHES = [0, 1, 2];

test('every flash has to have its beep where it is known when that comes', () => {
  expect(judgeEachFlash('sound', 0, { flashes: FLASHES, beeps: [0.001, 1.02, 1.99] })).toEqual([]);
  expect(judgeEachFlash('sound', 0, { flashes: FLASHES, beeps: [0, 1.03, 2] })).toEqual([
    'sound: beep 1 is 30.0 ms from its flash, 0.0 ms expected',
  ]);
});

test.each([
  ['the first is missing', [1, 2]],
  ['the last is missing', [0, 1]],
  ['there is none', []],
  ['there is one more', [0, 0.7, 1, 2]],
])('says where %s', (_, beeps) => {
  expect(judgeEachFlash('sound', 0, { flashes: FLASHES, beeps })).toEqual([expect.stringContaining('have a beep')]);
});

test('says where nothing flashes', () => {
  expect(judgeEachFlash('sound', 0, { flashes: [], beeps: [] })).toEqual(['sound: its picture never flashes']);
});

test('of a source whose times can be read one beep may be cut, in front', () => {
  expect(judgeSync('sound', [0.1, 0.2, 0.3], [0.2, 0.3])).toEqual([]);
  expect(judgeSync('sound', [0.1, 0.2, 0.3], [0.1, 0.2])).toHaveLength(2);
  expect(judgeSync('sound', [0.1, 0.2, 0.3], [0.3])).toHaveLength(1);
});
