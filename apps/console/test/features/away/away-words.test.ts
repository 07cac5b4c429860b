import { expect, test } from 'vitest';
import { awayWords } from '../../../src/features/away/away-words.ts';

const since = new Date(2026, 10, 29, 14, 3, 22);

test.each([
  ['server', 'The server has not answered since 14:03:22. What you see is as old as that'],
  ['offline', 'You are offline. What you see is from 14:03:22'],
  ['pages', 'The console has not answered since 14:03:22. This page is up to date'],
] as const)('%s: what is away, and how old is what is shown', (trouble, words) => {
  expect(awayWords({ trouble, since, isAwaited: false })).toContain(words);
  expect(awayWords({ trouble, since, isAwaited: true })).toContain('The page you chose opens then.');
});

test('nothing while all is well', () => {
  expect(awayWords({ trouble: undefined, since: undefined, isAwaited: true })).toBeUndefined();
});
