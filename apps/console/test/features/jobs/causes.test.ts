import { expect, test } from 'vitest';
import { CAUSES, causeWords } from '../../../src/features/jobs/causes.ts';

test('every cause has words of its own, without what differs from job to job', () => {
  const words = CAUSES.map(causeWords);
  expect(new Set(words).size).toBe(CAUSES.length);
  for (const one of words) expect(one).toMatch(/^\S.{6,}[^\s:(]$/);
  expect(causeWords('encode_failed')).toBe('ffmpeg could not encode this video');
});
