import { expect, test } from 'vitest';
import { uploadNotices } from '../../../src/features/notices/upload-notices.ts';
import { itemOf } from '../uploads/item-of.ts';

const words = (...items: Parameters<typeof uploadNotices>[0][number][]) =>
  uploadNotices(items, 100_000).map((notice) => notice.words);

test('what goes on by itself needs nobody', () => {
  expect(
    words(
      itemOf({ state: 'uploading' }),
      itemOf({ state: 'waiting' }),
      itemOf({ state: 'paused' }),
      itemOf({ state: 'done', became: 'ready' }),
      itemOf({ state: 'offline', standsSince: 60_000, failure: 'Waiting for the line' }),
    ),
  ).toEqual([]);
});

test('what was refused, waits for its file, became no video, or stands for a minute does', () => {
  const failed = itemOf({ state: 'done', became: 'failed', failure: 'The file is empty.', videoId: 'v' });
  expect(
    words(
      itemOf({ state: 'failed', failure: 'It is too large.' }),
      itemOf({ state: 'needs-file' }),
      failed,
      itemOf({ state: 'offline', standsSince: 40_000, failure: 'Waiting for the line' }),
    ),
  ).toEqual([
    'a.mov was not uploaded. It is too large.',
    'a.mov goes on once its file is chosen again.',
    'No video came of a.mov. The file is empty.',
    'a.mov has not moved for a while. Waiting for the line',
  ]);
  expect(uploadNotices([failed], 0)[0]?.href).toBe('/videos/v');
});

test('between two tries it is the same that stands still', () => {
  const keys = (['offline', 'waiting', 'uploading'] as const).map(
    (state) => uploadNotices([itemOf({ state, standsSince: 1 })], 100_000)[0]?.key,
  );
  expect(new Set(keys).size).toBe(1);
});
