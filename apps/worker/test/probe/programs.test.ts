import { describe, expect, test } from 'vitest';
import { isOfAnotherProgram } from '../../src/probe/programs.ts';

describe('of two programmes', () => {
  const programs = [new Set([0, 1, 4]), new Set([2, 3, 4])];

  test('the sounds of one are not heard with the picture of the other', () => {
    expect([1, 3].map((index) => isOfAnotherProgram(programs, index, 2))).toEqual([true, false]);
    expect([1, 3].map((index) => isOfAnotherProgram(programs, index, 0))).toEqual([false, true]);
  });

  test('a sound of both is heard with either picture', () => {
    expect([0, 2].map((picture) => isOfAnotherProgram(programs, 4, picture))).toEqual([false, false]);
  });

  test('what is in none may belong to any', () => {
    expect(isOfAnotherProgram(programs, 5, 2)).toBe(false);
    expect(isOfAnotherProgram(programs, 1, 5)).toBe(false);
  });
});

test('a source without programmes has none but its own', () => {
  expect(isOfAnotherProgram([], 1, 0)).toBe(false);
});
