import type { Event } from '@transcode/contracts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Principal } from '../../src/identity/principal.ts';
import { EventHub, type Batch } from '../../src/services/events/event-hub.ts';

const [WORKSPACE, OTHER] = [crypto.randomUUID(), crypto.randomUUID()];
const scope = { workspaceId: WORKSPACE, videoId: crypto.randomUUID() };
const task = { jobId: crypto.randomUUID(), taskId: crypto.randomUUID(), stage: 'encode', index: 0 } as const;
const progress = (fraction: number, taskId = task.taskId): Event => {
  return { type: 'progress', ...scope, ...task, taskId, progress: { fraction } };
};
const ended: Event = { type: 'task', ...scope, ...task, state: 'completed' };
const elsewhere: Event = { type: 'video', workspaceId: OTHER, videoId: crypto.randomUUID(), state: 'ready' };

let listeners: Set<(event: Event) => void>;
let hub: EventHub;

beforeEach(() => {
  vi.useFakeTimers();
  listeners = new Set();
  hub = new EventHub({
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
});
afterEach(() => vi.useRealTimers());

const publish = (...events: Event[]): void =>
  events.forEach((event) => listeners.forEach((listener) => listener(event)));

function follow(workspaceIds: Principal['workspaceIds'], wanted?: (event: Event) => boolean) {
  const batches: Batch[] = [];
  const follower = {
    principal: { kind: 'user' as const, id: 'x', role: 'viewer' as const, workspaceIds },
    wanted,
    hear: (batch: Batch) => batches.push(batch),
  };
  return { batches, follower, stop: hub.follow(follower) };
}

test('the first after a silence is told at once; those that follow it together', () => {
  const { batches } = follow('all');
  publish(ended);
  vi.advanceTimersByTime(1);
  publish(progress(0.1), ended);
  vi.advanceTimersByTime(50);
  expect(batches).toEqual([{ events: [ended] }]);
  vi.advanceTimersByTime(60);
  expect(batches).toEqual([{ events: [ended] }, { events: [progress(0.1), ended] }]);
});

test('of a task’s progress only the last is told; in its place among the others', () => {
  const { batches } = follow('all');
  const other = crypto.randomUUID();
  publish(progress(0.1), progress(0.3, other), progress(0.2), ended);
  vi.advanceTimersByTime(100);
  expect(batches).toEqual([{ events: [progress(0.3, other), progress(0.2), ended] }]);
});

test('everybody is told what they may see, and those who see the same the very same object', () => {
  const [one, two, stranger, all] = [follow([WORKSPACE]), follow([WORKSPACE]), follow([OTHER]), follow('all')];
  publish(ended, elsewhere);
  vi.advanceTimersByTime(100);
  expect(one.batches).toEqual([{ events: [ended] }]);
  expect(two.batches[0]).toBe(one.batches[0]);
  expect(stranger.batches).toEqual([{ events: [elsewhere] }]);
  expect(all.batches).toEqual([{ events: [ended, elsewhere] }]);
});

test('who sees less from now on is told less from now on', () => {
  const { batches, follower } = follow([WORKSPACE]);
  follower.principal = { ...follower.principal, workspaceIds: [] };
  publish(ended);
  vi.advanceTimersByTime(100);
  expect(batches).toEqual([]);
});

test('who wants some of it hears nothing of the rest', () => {
  const { batches } = follow('all', (event) => event === elsewhere);
  publish(ended);
  vi.advanceTimersByTime(100);
  publish(elsewhere, ended);
  vi.advanceTimersByTime(100);
  expect(batches).toEqual([{ events: [elsewhere] }]);
});

test('what operators stop is told to everybody, once', () => {
  const { batches } = follow([WORKSPACE]);
  publish({ type: 'controls' }, { type: 'controls' }, elsewhere);
  vi.advanceTimersByTime(100);
  expect(batches).toEqual([{ events: [{ type: 'controls' }] }]);
});

test('with nobody there, nobody listens', () => {
  const stops = [follow('all').stop, follow('all').stop];
  expect(listeners.size).toBe(1);
  for (const stop of stops) stop();
  expect(listeners.size).toBe(0);
  const { batches } = follow('all');
  publish(ended);
  vi.advanceTimersByTime(100);
  expect(batches).toHaveLength(1);
});
