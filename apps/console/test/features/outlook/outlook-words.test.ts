import type { Outlook } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { doneInWords, isHeld, readyWords, stoppedWords } from '../../../src/features/outlook/outlook-words.ts';

const known: Outlook = { kind: 'known', seconds: 360, low: 230, high: 590, atLeast: false };
const control = { scope: 'all', state: 'paused' as const, by: 'ana@example.org', at: '2026-11-29T08:00:00.000Z' };
const stopped: Outlook = { kind: 'stopped', class: 'cpu', now: true, controls: [control] };

test('a figure has its own certainty, and there is none where nobody can know', () => {
  expect(readyWords(known)).toBe('ready in 4 to 10 min');
  for (const outlook of [null, stopped, { kind: 'unknown' } as const]) expect(readyWords(outlook)).toBeUndefined();
});

test('a class says when it is done, or why it is not', () => {
  expect(doneInWords(known)).toBe('4 to 10 min');
  expect(doneInWords({ ...known, atLeast: true })).toBe('4 to 10 min or more');
  expect(doneInWords(stopped)).toBe('paused');
  expect(doneInWords({ ...stopped, controls: [{ ...control, state: 'draining' }] })).toBe('stopped');
  expect(doneInWords({ kind: 'unserved', class: 'gpu', now: true })).toBe('nobody does it');
  expect(doneInWords({ kind: 'unknown' })).toBe('not known yet');
  expect(doneInWords(null)).toBe('–');
});

test('held is what waits now', () => {
  expect([stopped, { ...stopped, now: false }, known, null].map(isHeld)).toEqual([true, false, false, false]);
  expect(stoppedWords({ ...stopped, now: false })).toBeUndefined();
});
