import type { TaskState, VideoState } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { stateWords } from '../../../src/features/videos/state-words.ts';

const words = (state: VideoState, chunks: TaskState[] = []) =>
  stateWords({
    state,
    bytes: 2_000_000,
    uploadOffset: 500_000,
    createdAt: new Date().toISOString(),
    chunks: chunks.map((one) => ({ state: one, fraction: 0, takenOver: false, seconds: 6 })),
  });

test('says what happens, not what it is called', () => {
  expect(words('uploading')).toBe('Uploading · 500 kB of 2.0 MB');
  expect(words('processing')).toBe('Reading the file');
  expect(words('processing', ['queued', 'queued'])).toBe('Waiting for a worker');
  expect(words('processing', ['completed', 'queued'])).toBe('Encoding');
  expect(words('processing', ['completed', 'completed'])).toBe('Checking the result');
  expect(words('ready')).toBe('Ready · just now');
});
