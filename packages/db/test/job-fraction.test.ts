import type { Stage, TaskState } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { jobFraction, type CountedTask } from '../src/standing/job-fraction.ts';

const task = (stage: Stage, index: number, state: TaskState): CountedTask => ({
  ...{ stage, index, state, after: [], progress: null },
});

/** A short chunk and a long one. */
const PLAN = {
  grid: { frames: 1_000 },
  chunks: [
    { index: 0, startFrame: 0, endFrame: 100 },
    { index: 1, startFrame: 100, endFrame: 1_000 },
  ],
};

const fraction = (...tasks: CountedTask[]): number => jobFraction({ state: 'running', tasks }, PLAN);

const checks = (...states: TaskState[]): number =>
  fraction(...states.map((state, index) => task('verify', index, state)));

test('what works on a chunk counts by its length', () => {
  expect(fraction(task('encode', 0, 'completed'), task('encode', 1, 'queued'))).toBeCloseTo(0.1);
  expect(fraction(task('encode', 0, 'queued'), task('encode', 1, 'completed'))).toBeCloseTo(0.9);
});

test('so do the checks of the picture, and that of the folder is small', () => {
  expect(checks('completed', 'queued', 'queued')).toBeCloseTo(50 / 1_050);
  expect(checks('queued', 'completed', 'queued')).toBeCloseTo(100 / 1_050);
  expect(checks('queued', 'queued', 'completed')).toBeCloseTo(900 / 1_050);
  expect(checks('completed', 'completed', 'completed')).toBe(1);
});
