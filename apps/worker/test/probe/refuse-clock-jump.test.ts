import { expect, test } from 'vitest';
import { refuseClockJump } from '../../src/probe/refuse-clock-jump.ts';

const TICK = 1 / 90_000;

test('times that grow, are unknown or step back a little are no reason to refuse', () => {
  expect(() => refuseClockJump([0, 3_600, Number.NaN, 3_000, 7_200], TICK)).not.toThrow();
});

test('a clock that begins again is refused with how far it jumps', () => {
  expect(() => refuseClockJump([0, 90_000, 270_000, 0, 90_000], TICK)).toThrow(/jumps back by 3\.0 s/);
});
