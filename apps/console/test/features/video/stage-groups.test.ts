import type { TaskView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { stageGroups } from '../../../src/features/video/stage-groups.ts';

const task = (more: Partial<TaskView>): TaskView => ({
  id: crypto.randomUUID(),
  stage: 'encode',
  index: 0,
  class: 'cpu',
  state: 'queued',
  attempts: 0,
  infraAttempts: 0,
  worker: null,
  queuedAt: null,
  startedAt: null,
  endedAt: null,
  progress: null,
  failure: null,
  ...more,
});

test('one line a stage, in order', () => {
  const groups = stageGroups([
    task({
      stage: 'probe',
      state: 'completed',
      startedAt: '2026-05-04T00:00:00.000Z',
      endedAt: '2026-05-04T00:00:02.500Z',
    }),
    task({ index: 0 }),
    task({ index: 1 }),
  ]);
  expect(groups.map(({ stage, state, done, total }) => [stage, state, done, total])).toEqual([
    ['probe', 'done', 1, 1],
    ['encode', 'waiting', 0, 2],
  ]);
  expect(groups[0]?.seconds).toBe(2.5);
});

test('figures of all that run are added; how long it takes is said of the video alone', () => {
  const [group] = stageGroups([
    task({ index: 0, state: 'completed' }),
    task({
      index: 1,
      state: 'running',
      progress: { fraction: 0.5, fps: 30, speed: 1, secondsLeft: 9 },
      infraAttempts: 1,
    }),
    task({ index: 2, state: 'running', progress: { fraction: 0, fps: 20, speed: 1 } }),
    task({ index: 3 }),
  ]);
  expect(group).toMatchObject({ state: 'running', fps: 50, speed: 2, takenOver: 1, done: 1 });
  expect(group).not.toHaveProperty('secondsLeft');
});

test('a failure is told', () => {
  const failure = { code: 'encode_failed', sentence: 'No.', detail: null, tail: null };
  expect(stageGroups([task({ state: 'failed', failure })])[0]).toMatchObject({ state: 'failed', failure: 'No.' });
});

test('the checks of all chunks are one line', () => {
  const checks = Array.from({ length: 101 }, (_, index) => task({ stage: 'verify', index }));
  const begun = checks.map((each): TaskView => {
    if (each.index <= 50) return { ...each, state: 'completed' };
    if (each.index === 51) return { ...each, state: 'running', progress: { fraction: 0.5, speed: 2 } };
    return each;
  });
  const groups = stageGroups(begun);
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({ stage: 'verify', state: 'running', done: 51, total: 101 });
});
