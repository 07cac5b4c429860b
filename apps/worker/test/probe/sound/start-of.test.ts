import { expect, test } from 'vitest';
import { startOf } from '../../../src/probe/sound/start-of.ts';

const FRAME_SECONDS = 0.02;
const FRAMES = 500;

/** The start of ten seconds of sound that truly begins at 3, by times that are told like this. */
function found(tell: (before: number, frame: number) => number, without = 0): number {
  const timed = Array.from({ length: FRAMES }, (_, frame) => {
    const before = frame * FRAME_SECONDS;
    return { time: tell(before, frame), before };
  });
  return startOf(timed.slice(without), 'flv');
}

/** Without an order, and as often above zero as below, by up to one. */
const scattered = (frame: number): number => ((frame * 7919) % 2001) / 1000 - 1;

test.each<[string, (before: number, frame: number) => number]>([
  ['are right', (before) => 3 + before],
  ['stand still', () => 3],
  ['stand still from a second on', (before) => 3 + Math.min(before, 1)],
  ['are too slow', (before) => 3 + before / 2],
  ['are a little too slow', (before) => 3 + before * 0.9],
  ['are too fast', (before) => 3 + before * 2],
  ['begin again and again', (before) => 3 + (before % 1.7)],
  ['run backwards', (before) => 13 - before],
  ['leap ahead in the middle', (before, frame) => 3 + before + (frame >= FRAMES / 2 ? 5 : 0)],
])('timestamps that %s', (_, tell) => {
  expect(found(tell)).toBeCloseTo(3, 1);
});

test('timestamps that scatter around what is right', () => {
  expect(found((before, frame) => 3 + before + scattered(frame))).toBeCloseTo(3, 1);
});

test('frames without a time lie before the first that has one', () => {
  expect(found((before) => 3 + before, 50)).toBeCloseTo(3, 5);
  expect(found((before) => 4 + (before - 1) / 2, 50)).toBeCloseTo(3, 5);
  expect(startOf([], 'flv')).toBe(0);
});

test('in Ogg the latest is right', () => {
  const timed = [2.9, 2.95, 3, 2.9].map((start, before) => ({ time: start + before, before }));
  expect(startOf(timed, 'ogg')).toBe(3);
});
