import type { DeedView, JobDetail, TaskView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { historyOf } from '../../../src/features/video/history-of.ts';

const ID = '01890000-0000-7000-8000-000000000000';
const at = (second: number) => new Date(Date.UTC(2026, 10, 26, 14, 0, second)).toISOString();

function task(changes: Partial<TaskView>): TaskView {
  return {
    ...{ id: ID, stage: 'encode', index: 0, class: 'cpu', state: 'completed', attempts: 0, infraAttempts: 0 },
    ...{ worker: 'w1', queuedAt: at(0), startedAt: at(1), endedAt: at(2), progress: null, failure: null },
    ...changes,
  };
}

const deed = (action: string, sentence: string, second: number): DeedView => ({
  ...{ id: action, at: at(second), action, sentence },
});

function history(tasks: TaskView[], job: Partial<JobDetail> = {}, deeds: DeedView[] = []) {
  const detail: JobDetail = {
    ...{ id: ID, videoId: ID, videoTitle: '', preset: 'web', priority: 'normal', state: 'completed', fraction: 1 },
    ...{ createdAt: at(0), startedAt: at(0), endedAt: at(59), failure: null, plan: null, commands: [], notes: [] },
    ...{ tasks, ...job },
  };
  const video = { createdAt: at(0), fileName: 'a.mp4', readyAt: null, job: detail };
  return historyOf(video, deeds).map(({ words }) => words);
}

test('each worker’s part of a stage is a sentence, newest first', () => {
  expect(
    history([
      task({ stage: 'probe', startedAt: at(1), endedAt: at(1) }),
      task({ index: 0, startedAt: at(2), endedAt: at(10) }),
      task({ index: 1, startedAt: at(10), endedAt: at(14), infraAttempts: 1 }),
      task({ index: 2, worker: 'w2', startedAt: at(2), endedAt: at(8) }),
      task({ index: 3, state: 'running', endedAt: null }),
    ]),
  ).toEqual([
    'w1 encoded the picture, 2 of 4 parts in 12 s, after another worker was lost.',
    'w2 encoded the picture, 1 of 4 parts in 6 s.',
    'w1 read the file in under 1 s.',
    'Work began, with the preset web.',
    'The upload of a.mp4 began.',
  ]);
});

test('a failure says what was tried and why it failed', () => {
  const failure = { code: 'encode_failed', sentence: 'ffmpeg could not encode this video.', detail: null, tail: null };
  const [newest] = history([task({ index: 2, state: 'failed', failure })], { state: 'failed' });
  expect(newest).toBe('w1 failed to encode the picture, part 3. ffmpeg could not encode this video.');
});

test('canceled work says so, and who did it where that is known', () => {
  expect(history([], { state: 'canceled' })[0]).toBe('The work was canceled.');
  const deeds = [deed('job.cancel', 'Ada canceled the work on a.', 20), deed('video.retry', 'Bo retried a.', 30)];
  expect(history([], { state: 'canceled' }, deeds).slice(0, 2)).toEqual([
    'Bo retried a.',
    'Ada canceled the work on a.',
  ]);
  expect(history([], { state: 'canceled' }, deeds)).not.toContain('The work was canceled.');
});
