import type { TaskView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { inOrder, spanWords, tookSeconds, waitedSeconds } from '../../../src/features/job/task-times.ts';

const at = (second: number) => new Date(second * 1000).toISOString();
const NOW = 100_000;

function task(index: number, changes: Partial<TaskView> = {}): TaskView {
  return {
    ...{ id: `${index}`, stage: 'encode', index, class: 'cpu', state: 'completed', attempts: 0, infraAttempts: 0 },
    ...{ worker: 'w1', queuedAt: at(0), startedAt: at(10), endedAt: at(20), progress: null, failure: null },
    ...changes,
  };
}

test('how long it waited and took; of what is not over, until now', () => {
  expect([waitedSeconds(task(0), NOW), tookSeconds(task(0), NOW)]).toEqual([10, 10]);
  expect(tookSeconds(task(0, { endedAt: null }), NOW)).toBe(90);
  const queued = { startedAt: null, endedAt: null };
  expect([waitedSeconds(task(0, queued), NOW), tookSeconds(task(0, queued), NOW)]).toEqual([100, undefined]);
  // Lost by who had it, and in line again.
  expect(waitedSeconds(task(0, { queuedAt: at(60) }), NOW)).toBe(40);
  expect([undefined, 0.4, 90].map(spanWords)).toEqual(['–', 'under 1 s', '2 min']);
});

test('tasks are in the order that was chosen', () => {
  const tasks = [task(2, { endedAt: at(90) }), task(1, { infraAttempts: 1 }), task(0), task(3, { state: 'failed' })];
  const order = (by: Parameters<typeof inOrder>[1]) => inOrder(tasks, by, NOW).map(({ index }) => index);
  expect([order('chunk'), order('trouble'), order('long')]).toEqual([
    [0, 1, 2, 3],
    [3, 1, 0, 2],
    [2, 0, 1, 3],
  ]);
});
