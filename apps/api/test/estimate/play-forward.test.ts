import { expect, test } from 'vitest';
import { playForward, type WaitingTasks } from '../../src/services/estimate/play-forward.ts';

const QUEUED = {
  ...{ class: 'cpu', priority: 'normal', state: 'queued', begun: false, after: [], count: 1, seconds: 10 },
  ...{ stage: 'publish', queued: 0 },
} as const satisfies Partial<WaitingTasks>;
const job = (jobId: string, more: Partial<WaitingTasks> = {}): WaitingTasks => ({ ...QUEUED, jobId, ...more });
const play = (waiting: WaitingTasks[], slots = 1) =>
  Object.fromEntries(playForward({ waiting, running: [], slots: () => slots }).jobs);

test('by priority, what was begun first, then who waits longest', () => {
  const waiting = [
    job('late', { queued: 1 }),
    job('long', { queued: 50 }),
    job('urgent', { priority: 'high' }),
    job('begun', { begun: true }),
    job('low', { priority: 'low', queued: 90 }),
  ];
  expect(play(waiting)).toEqual({ urgent: 10, begun: 20, long: 30, late: 40, low: 50 });
});

test('several at a time, as many as there are slots', () => {
  expect(play([job('one', { count: 7 })], 3)).toEqual({ one: 30 });
  expect(play([job('one')], 0)).toEqual({});
});

test('what waits for an earlier stage comes to the end of the line once that is done', () => {
  const waiting = [
    job('first', { stage: 'encode', queued: 2, count: 2 }),
    job('first', { stage: 'publish', state: 'blocked', after: ['encode'] }),
    job('second', { queued: 1, count: 3 }),
  ];
  expect(play(waiting)).toEqual({ second: 50, first: 60 });
});

test('what a worker has in hand that takes nothing more ends, too', () => {
  const running = [{ jobId: 'job', stage: 'publish', class: 'cpu', left: 4 }] as const;
  const played = playForward({ waiting: [job('other')], running, slots: () => 0 });
  expect(Object.fromEntries(played.jobs)).toEqual({ job: 4 });
  expect(played.classes.get('cpu')).toBe(4);
});

test('a million tasks are no more steps than a few', () => {
  const began = performance.now();
  const { many } = play([job('many', { count: 1_000_000, seconds: 1 })], 10);
  expect((many ?? 0) / 100_000).toBeCloseTo(1, 1);
  expect(performance.now() - began).toBeLessThan(5_000);
});
