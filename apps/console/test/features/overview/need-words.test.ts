import type { Need } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { needWords } from '../../../src/features/overview/need-words.ts';

const failed = (count: number, more = false): Need => ({
  ...{
    kind: 'jobsFailed',
    severity: 'broken',
    code: 'encode_failed',
    sentence: 'ffmpeg could not encode this video: x',
  },
  ...{ jobId: 'j', videoId: 'v', count, more },
});
const oldest = '2026-11-26T12:00:00.000Z';

test('one failed job leads to its video, several to the list of them', () => {
  expect(needWords(failed(1))).toMatchObject({
    title: '1 job failed: ffmpeg could not encode this video: x.',
    link: { words: 'See the video', href: '/videos/v' },
  });
  expect(needWords(failed(12)).link).toEqual({
    words: 'See the 12 jobs',
    href: '/jobs?state=failed&cause=encode_failed&span=24h',
  });
  expect([needWords(failed(1)).meaning, needWords(failed(2)).meaning].map((words) => words.split(' ')[0])).toEqual([
    'Its',
    'Their',
  ]);
  expect(needWords(failed(10_000, true)).title).toMatch(/^More than 10,000 jobs failed: /);
});

test('what is at fault is not confused', () => {
  expect(needWords({ ...failed(2), code: 'source_empty' } as Need).meaning).toContain('files are at fault');
  expect(needWords(failed(2)).meaning).not.toContain('files are at fault');
});

test.each<[Need, RegExp]>([
  [
    { kind: 'noWorkerOfClass', severity: 'broken', class: 'gpu', waiting: 1 },
    /^1 task waits for a worker that takes GPU work$/,
  ],
  [{ kind: 'noWorkerOfClass', severity: 'broken', class: 'cpu', waiting: 4_120 }, /^4,120 tasks wait for/],
  [
    { kind: 'uploadsStuck', severity: 'held', how: 'received', count: 1, more: false, oldest },
    /^1 upload arrived whole/,
  ],
  [{ kind: 'outboxStuck', severity: 'held', count: 3, more: false, oldest }, /^3 messages are not told$/],
  [{ kind: 'storageFilling', severity: 'held', freeBytes: 4e9, totalBytes: 1e11 }, /^The storage has 4.0 GB left$/],
  [{ kind: 'storageFull', severity: 'broken', freeBytes: 1e9, reserveBytes: 2e9 }, /^The storage is full$/],
  [{ kind: 'dependencyAway', severity: 'broken', what: 'queue', reason: 'x' }, /^The queue does not answer$/],
  [
    { kind: 'controlForgotten', severity: 'held', scope: 'all', state: 'paused', by: 'me', at: oldest },
    /^Everything is paused, for/,
  ],
  [
    {
      ...{ kind: 'workStopped', severity: 'held', class: 'cpu', waiting: 12 },
      controls: [{ scope: 'class:cpu', state: 'paused', by: 'ana@example.org', at: oldest }],
    },
    /^CPU work is paused, and 12 tasks of CPU work wait$/,
  ],
  [
    { kind: 'backups', severity: 'notice', how: 'sameDisk', title: 'They are here', meaning: 'Move them.' },
    /^They are here$/,
  ],
  [{ kind: 'backlogLong', severity: 'notice', class: 'cpu', waiting: 9, seconds: 7_200 }, /^9 tasks of CPU work wait$/],
])('%o', (need, title) => {
  expect(needWords(need).title).toMatch(title);
});
