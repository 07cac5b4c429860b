import type { AttemptView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { ganttLayout } from '../../../src/features/job/gantt-layout.ts';

const at = (second: number) => new Date(second * 1000).toISOString();

function attempt(worker: string, from: number, to: number | null, token = 1): AttemptView {
  return {
    ...{ taskId: `${worker} ${from}`, stage: 'encode', index: 0, token, worker },
    ...{ startedAt: at(from), endedAt: to === null ? null : at(to), outcome: to === null ? null : 'completed' },
    failure: null,
  };
}

test('each worker has as many lanes as it worked on at once', () => {
  const layout = ganttLayout([attempt('a', 0, 10), attempt('a', 5, 8), attempt('a', 10, 20), attempt('b', 2, 4)], 0);
  expect(layout?.workers.map(({ name, lanes }) => [name, lanes.map((lane) => lane.length)])).toEqual([
    ['a', [2, 1]],
    ['b', [1]],
  ]);
  expect(layout?.workers[0]?.lanes[0]?.map(({ left, width }) => [left, width])).toEqual([
    [0, 0.5],
    [0.5, 0.5],
  ]);
});

test('what goes on reaches to now, and the axis grows with it', () => {
  const running = [attempt('a', 0, null)];
  const [then, now] = [ganttLayout(running, 10_000), ganttLayout(running, 40_000)];
  expect([then?.endMs, now?.endMs]).toEqual([10_000, 40_000]);
  expect(now?.workers[0]?.lanes[0]?.[0]?.width).toBe(1);
  expect(now?.ticks.map(({ seconds }) => seconds)).toEqual([0, 10, 20, 30, 40]);
});

test('nobody has worked on it', () => {
  expect(ganttLayout([], 0)).toBeUndefined();
});
