import type { Event, WorkerView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { applyToWorkers } from '../../../src/features/live/apply-to-workers.ts';

const task = (id: string) => ({ id, progress: null }) as WorkerView['tasks'][number];
const worker = (id: string, ...tasks: string[]) => ({ id, tasks: tasks.map(task) }) as WorkerView;
const list = { items: [worker('a', 't1', 't2'), worker('b')], controls: [] };

function progress(taskId: string): Extract<Event, { type: 'progress' }> {
  const ids = { workspaceId: 'w', videoId: 'v', jobId: 'j', taskId };
  return { type: 'progress', ...ids, stage: 'encode', index: 0, progress: { fraction: 0.5 } };
}

test('progress is written to the task it is of, and other workers stay the same objects', () => {
  const applied = applyToWorkers(list, progress('t2'));
  expect(applied.items[0]?.tasks.map(({ progress: told }) => told?.fraction)).toEqual([undefined, 0.5]);
  expect(applied.items[1]).toBe(list.items[1]);
  expect(applied.controls).toBe(list.controls);
});

test('progress of a task that nobody here is at changes nothing', () => {
  expect(applyToWorkers(list, progress('other'))).toBe(list);
});
