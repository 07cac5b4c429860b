import { expect, test } from 'vitest';
import { taskWords } from '../../../src/features/workers/task-words.ts';
import {
  controlWords,
  goneWords,
  runningIn,
  scopeWords,
  sumWorkers,
} from '../../../src/features/workers/worker-words.ts';

test('what was stopped, in words', () => {
  expect(controlWords({ scope: 'all', state: 'paused' }, 2)).toBe('Everything is paused');
  expect(controlWords({ scope: 'class:cpu', state: 'draining' }, 2)).toBe('CPU work drains');
  expect(controlWords({ scope: 'class:cpu', state: 'draining' }, 0)).toBe('CPU work is drained');
  expect(controlWords({ scope: 'worker:rack-7:gpu', state: 'paused' }, 0)).toBe('rack-7:gpu is paused');
  expect(scopeWords('class:light')).toBe('light work');
});

test('a task, with the chunk as people count', () => {
  expect(taskWords({ stage: 'encode', index: 0 })).toBe('Encode chunk 1');
  expect(taskWords({ stage: 'verify', index: 0 })).toBe('Verify the folder');
  expect(taskWords({ stage: 'verify', index: 2 })).toBe('Verify chunk 2');
  expect(taskWords({ stage: 'publish', index: 0 })).toBe('Publish');
});

test('all living workers in figures; those that stopped have no slots', () => {
  const slots = [
    { class: 'cpu' as const, used: 1, total: 1 },
    { class: 'light' as const, used: 0, total: 2 },
  ];
  const workers = (['active', 'active', 'quarantined', 'stopped'] as const).map((state) => ({ state, slots }));
  expect(sumWorkers(workers)).toEqual({ slots: 9, used: 3, states: ['2 active', '1 in quarantine'] });
});

test('what runs in a scope is counted, and why one is gone is said', () => {
  const slots = [
    { class: 'cpu' as const, used: 1, total: 1 },
    { class: 'light' as const, used: 2, total: 2 },
  ];
  const workers = ['one', 'two'].map((id) => ({ id, slots }));
  expect(['all', 'class:light', 'worker:two', 'class:gpu'].map((scope) => runningIn(scope, workers))).toEqual([
    6, 4, 3, 0,
  ]);
  expect(goneWords({ since: '', silentSeconds: 9, successor: null })).toBe(
    'no heartbeat for 9 s, and no word that it stops',
  );
});
