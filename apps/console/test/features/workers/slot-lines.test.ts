import type { WorkerView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { slotLines } from '../../../src/features/workers/slot-lines.ts';

type Task = WorkerView['tasks'][number];

const SLOTS: WorkerView['slots'] = [
  { class: 'cpu', used: 0, total: 2 },
  { class: 'light', used: 0, total: 2 },
  { class: 'maintenance', used: 0, total: 2 },
];
const task = (id: string, taskClass: Task['class']): Task => ({
  ...{ id, jobId: 'j', videoId: 'v', videoTitle: 'A video', stage: 'encode', index: 0, class: taskClass },
  ...{ startedAt: null, progress: null },
});
const shown = (tasks: Task[]) => {
  const { lines, hidden } = slotLines({ slots: SLOTS, tasks });
  return [lines.map((line) => line.task?.id), hidden];
};

test('there are as many lines whatever runs, so that no row moves', () => {
  expect(shown([])).toEqual([[undefined, undefined, undefined], 0]);
  expect(shown([task('a', 'cpu'), task('b', 'cpu'), task('c', 'light')])).toEqual([['a', 'b', 'c'], 0]);
});

test('a task keeps its line when a small one begins', () => {
  expect(shown([task('c', 'light'), task('a', 'cpu')])).toEqual([['a', undefined, 'c'], 0]);
});

test('what has no line is counted', () => {
  const small = ['c', 'd', 'e'].map((id) => task(id, 'maintenance'));
  expect(shown([...small, task('a', 'cpu')])).toEqual([['a', undefined, 'c'], 2]);
  expect(shown(['a', 'b', 'x'].map((id) => task(id, 'cpu')))).toEqual([['a', 'b', undefined], 1]);
});

test('a worker of the heavy classes alone has no line for small work', () => {
  const { lines } = slotLines({ slots: [{ class: 'gpu', used: 0, total: 1 }], tasks: [] });
  expect(lines.map(({ key }) => key)).toEqual(['gpu-0']);
});
