import type { CopiesView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { comparedWords, copyWords, failureWords } from '../../../src/features/backups/copy-words.ts';

const NOW = new Date('2026-11-30T12:00:00.000Z');
const ALL_THERE: CopiesView = {
  ...{ url: 's3://far/ours', synchronous: false, lagSeconds: 0, waitingObjects: 0, waitingBytes: 0, failedObjects: 0 },
  ...{ failure: null, trouble: null, comparedAt: '2026-11-30T09:00:00.000Z' },
};
const waiting = (lagSeconds: number): CopiesView => ({
  ...{ ...ALL_THERE, lagSeconds, waitingObjects: 1_200, waitingBytes: 3_400_000_000 },
});

test('it says whether all is there, how far behind it is, and is loud when alerts are', () => {
  expect(copyWords(ALL_THERE)).toEqual({ words: 'All objects that videos need are there', tone: 'well' });
  expect(copyWords(waiting(8))).toEqual({ words: '8 s behind: 1,200 objects (3.4 GB) to copy', tone: 'well' });
  expect(copyWords({ ...waiting(1_000), waitingObjects: 1 }).words).toContain(' 1 object ');
  expect([901, 899, 6 * 3600 + 1].map((lag) => copyWords(waiting(lag)).tone)).toEqual(['held', 'well', 'broken']);
});

test('a store that is away is told, and that uploads wait where they do', () => {
  const away = { ...waiting(8), trouble: 'The second store takes nothing.' };
  expect(copyWords(away)).toEqual({
    words: 'Nothing is copied just now. The second store takes nothing.',
    tone: 'held',
  });
  expect(copyWords({ ...away, synchronous: true })).toEqual({
    ...{ words: 'No upload is finished just now. The second store takes nothing.', tone: 'broken' },
  });
});

test('what cannot be copied is told with a reason, and when all was compared', () => {
  expect(failureWords(ALL_THERE)).toBeUndefined();
  expect(failureWords({ ...ALL_THERE, failedObjects: 2, failure: 'It is not in the storage.' })).toBe(
    '2 objects could not be copied and will be tried again. One of them: It is not in the storage.',
  );
  expect(comparedWords(ALL_THERE, NOW)).toBe('All was compared 3 h ago.');
  expect(comparedWords({ ...ALL_THERE, comparedAt: null }, NOW)).toMatch(/first time/);
});
