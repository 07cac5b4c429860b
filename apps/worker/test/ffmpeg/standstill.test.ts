import { expect, test } from 'vitest';
import { Standstill, type Look } from '../../src/ffmpeg/standstill.ts';

const MOST_MS = 2_000;
const LOOK_MS = 200;

/** Which of these looks is the first at which it is stopped, and for how long it got no further then. */
function stopped(
  looks: readonly Partial<Look>[],
  futileCpuSeconds = 120,
): { look: number; stillMs: number } | undefined {
  const standstill = new Standstill({ mostMs: MOST_MS, futileCpuSeconds });
  for (const [look, seen] of looks.entries()) {
    const stillMs = standstill.after({ passedMs: LOOK_MS, cpuSeconds: 0, signs: 'begun', waits: false, ...seen });
    if (stillMs !== undefined) return { look, stillMs };
  }
  return undefined;
}

const looks = (count: number, seen: (look: number) => Partial<Look> = () => ({})): Partial<Look>[] =>
  Array.from({ length: count }, (_, look) => seen(look));

test('one that neither gets on nor computes is stopped when its time is over, and not a look before', () => {
  expect(stopped(looks(10))).toBeUndefined();
  expect(stopped(looks(11))).toEqual({ look: 10, stillMs: MOST_MS });
});

test('its time counts from its last sign of life, though it computed before', () => {
  const computedFor = 5;
  const seen = looks(30, (look) => ({ cpuSeconds: Math.min(look, computedFor) * 0.2 }));
  expect(stopped(seen)).toEqual({ look: computedFor + 10, stillMs: (computedFor + 10) * LOOK_MS });
});

test('it counts anew whenever it gets on', () => {
  expect(stopped(looks(100, (look) => ({ signs: String(Math.floor(look / 9)) })))).toBeUndefined();
  expect(stopped(looks(100, (look) => ({ signs: String(Math.min(Math.floor(look / 9), 3)) })))?.look).toBe(27 + 10);
});

test('one that waits for bytes of its source is not at fault', () => {
  expect(stopped(looks(100, () => ({ waits: true })))).toBeUndefined();
  expect(stopped(looks(100, (look) => ({ waits: look < 50 })))?.look).toBe(49 + 10);
});

test('one that computes and does not get on has processor time, and no more of it', () => {
  const busy = looks(100, (look) => ({ cpuSeconds: look * 0.2 }));
  expect(stopped(busy)).toBeUndefined();
  expect(stopped(busy, 5)?.look).toBe(26);
  // What it computed while it got on does not count.
  const gotOnFor = 20;
  const later = busy.map((seen, look) => ({ ...seen, signs: String(Math.min(look, gotOnFor)) }));
  expect(stopped(later, 5)?.look).toBe(gotOnFor + 26);
});

test('one that shares its processor with many computes, and one that wakes now and then does not', () => {
  expect(stopped(looks(100, (look) => ({ cpuSeconds: look * LOOK_MS * 0.000_006 })))).toBeUndefined();
  expect(stopped(looks(100, (look) => ({ cpuSeconds: look * LOOK_MS * 0.000_004 })))?.look).toBe(10);
});

test('what was halted with its machine had no time', () => {
  const seen = [{}, { passedMs: 3_600_000 }, ...looks(20)];
  expect(stopped(seen.slice(0, 2))).toBeUndefined();
  expect(stopped(seen)).toEqual({ look: 1 + 7, stillMs: MOST_MS });
});
