import type { AttemptView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { ganttLayout } from '../../../src/features/job/gantt-layout.ts';

const at = (second: number) => new Date(second * 1000).toISOString();

function attempt(worker: string, from: number, to: number | null, token = 1): AttemptView {
  return {
    ...{ taskId: `${worker} ${from}`, stage: 'encode', index: 0, token, worker, queuedAt: null },
    ...{ startedAt: at(from), endedAt: to === null ? null : at(to), outcome: to === null ? null : 'completed' },
    failure: null,
  };
}

test('each worker has as many lanes as it worked on at once', () => {
  const layout = ganttLayout(
    [attempt('a', 0, 10), attempt('a', 5, 8), attempt('a', 10, 20), attempt('b', 2, 4)],
    [],
    0,
  );
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
  const [then, now] = [ganttLayout(running, [], 10_000), ganttLayout(running, [], 40_000)];
  expect([then?.endMs, now?.endMs]).toEqual([10_000, 40_000]);
  expect(now?.workers[0]?.lanes[0]?.[0]?.width).toBe(1);
  expect(now?.ticks.map(({ seconds }) => seconds)).toEqual([0, 10, 20, 30, 40]);
});

test('nobody has worked on it', () => {
  expect(ganttLayout([], [], 0)).toBeUndefined();
});

test('what waited is a line as tall as it was long, what still waits reaches to now', () => {
  const waited = { ...attempt('a', 10, 20), queuedAt: at(0) };
  const waiting = { state: 'queued' as const, queuedAt: at(5) };
  const layout = ganttLayout(
    [waited, attempt('b', 10, null)],
    [waiting, { state: 'running', queuedAt: at(0) }],
    20_000,
  );
  expect(layout?.waiting.map(({ left, width, tasks, height }) => [left, width, tasks, height])).toEqual([
    [0, expect.closeTo(0.25), 1, 0.5],
    [0.25, expect.closeTo(0.25), 2, 1],
    [0.5, expect.closeTo(0.5), 1, 0.5],
  ]);
});

test('a line of thousands is as many bars as can be seen', () => {
  const tasks = Array.from({ length: 5_000 }, (_, second) => ({ state: 'queued' as const, queuedAt: at(second) }));
  const layout = ganttLayout([attempt('a', 0, 1)], tasks, 5_000_000);
  expect(layout?.waiting.length).toBeLessThanOrEqual(240);
  expect(layout?.waiting.at(-1)).toMatchObject({ height: 1 });
});
