import type { Outlook, TaskState, VideoState } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { stateColour, stateWords } from '../../../src/features/videos/state-words.ts';

const words = (state: VideoState, chunks: TaskState[] = [], outlook: Outlook | null = null) =>
  stateWords({
    state,
    outlook,
    bytes: 2_000_000,
    uploadOffset: 500_000,
    createdAt: new Date(Date.now() - 3_600_000).toISOString(),
    readyAt: state === 'ready' ? new Date().toISOString() : null,
    chunks: chunks.map((one) => ({ state: one, fraction: 0, takenOver: false, seconds: 6 })),
  });

test('says what happens, not what it is called', () => {
  expect(words('uploading')).toBe('Uploading · 500 kB of 2.0 MB');
  expect(words('processing')).toBe('Reading the file');
  expect(words('processing', ['queued', 'queued'])).toBe('Waiting for a worker');
  expect(words('processing', ['completed', 'queued'])).toBe('Encoding');
  expect(words('processing', ['completed', 'completed'])).toBe('Checking the result');
  // Since it was ready, however long it took to get there.
  expect(words('ready')).toBe('Ready · just now');
});

const known: Outlook = { kind: 'known', seconds: 360, low: 300, high: 420, atLeast: false };
const controls = [
  { scope: 'class:cpu', state: 'paused' as const, by: 'ana@example.org', at: new Date().toISOString() },
];
const stopped = (now: boolean): Outlook => ({ kind: 'stopped', class: 'cpu', now, controls });

test('says when it will be ready, where that can be known', () => {
  expect(words('processing', ['running'], known)).toBe('Encoding · ready in about 6 min');
  expect(words('playable', [], known)).toBe('Playable · being checked · ready in about 6 min');
  expect(words('processing', ['running'], { ...known, high: 900 })).toBe('Encoding · ready in 5 to 15 min');
  expect(words('processing', ['running'], { kind: 'unknown' })).toBe('Encoding');
});

test('what somebody paused is paused, whatever it was doing; what will be needed later is not yet', () => {
  expect(words('processing', ['completed', 'queued'], stopped(true))).toBe('Paused by ana@example.org');
  expect(words('playable', [], stopped(true))).toBe('Paused by ana@example.org');
  expect(words('processing', ['running'], stopped(false))).toBe('Encoding');
  expect(stateColour({ state: 'processing', outlook: stopped(true) })).toBe('text-amber');
  expect(stateColour({ state: 'processing', outlook: known })).toBeUndefined();
});
