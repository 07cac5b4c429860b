import type { TaskState, VideoState } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { stripOf } from '../../../src/features/videos/strip-of.ts';

const video = (state: VideoState, chunks: TaskState[] = []) => ({
  state,
  bytes: 100,
  uploadOffset: 25,
  durationSeconds: null,
  chunks: chunks.map((one) => ({ state: one, fraction: 0.5, takenOver: false, seconds: 6 })),
});

test('an upload fills one piece', () => {
  expect(stripOf(video('uploading'))).toEqual([{ state: 'running', fraction: 0.25, takenOver: false, seconds: 1 }]);
});

test('an upload that stands still is held', () => {
  expect(stripOf({ ...video('uploading'), uploadHeld: true })[0]?.state).toBe('held');
});

test('a plan cuts it', () => {
  const states = stripOf(video('processing', ['completed', 'running', 'queued', 'blocked'])).map((cell) => cell.state);
  expect(states).toEqual(['done', 'running', 'waiting', 'waiting']);
});

test('nothing seems to run in what has ended', () => {
  expect(stripOf(video('failed', ['completed', 'running'])).map((cell) => cell.state)).toEqual(['done', 'failed']);
  expect(stripOf(video('canceled', ['running', 'canceled'])).map((cell) => cell.state)).toEqual([
    'canceled',
    'canceled',
  ]);
});
