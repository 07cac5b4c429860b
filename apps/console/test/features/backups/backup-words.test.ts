import type { BackupsView, BackupView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { drillWords, lastGoodWords, nextWords, outcomeWords } from '../../../src/features/backups/backup-words.ts';

const NOW = new Date('2026-11-30T12:00:00Z');
const GOOD: BackupView = {
  ...{ id: '00000001-20261130T020000Z', outcome: 'good', at: '2026-11-30T02:00:00Z', reason: 'schedule' },
  ...{ bytes: 1_000, encrypted: false, seconds: 2, restoreSeconds: 3, restoredAt: '2026-11-30T02:00:03Z' },
  ...{ missingObjects: 0, sentence: null },
};
const VIEW: BackupsView = {
  ...{ store: { url: 'file:///b', sameDisk: false, trouble: null }, lastGood: GOOD, operations: [] },
  ...{ runner: { nextBackupAt: '2026-12-01T02:00:00Z', nextDrillAt: '2026-12-06T04:00:00Z' } },
  ...{ backups: [GOOD], drills: [], copies: null },
};
test.each([
  ['2026-11-30T02:00:00Z', 'The last good backup is 10 h old', 'well'],
  ['2026-11-29T09:00:00Z', 'The last good backup is 1 d 3 h old', 'held'],
  ['2026-11-28T09:00:00Z', 'The last good backup is 2 d 3 h old', 'broken'],
])('one of %s: %s', (at, words, tone) => {
  expect(lastGoodWords({ ...VIEW, lastGood: { ...GOOD, at } }, NOW)).toEqual({ words, tone });
});

test('none, and nowhere to look, are told apart', () => {
  expect(lastGoodWords({ ...VIEW, lastGood: null }, NOW).words).toBe('No backup counts yet');
  expect(lastGoodWords({ ...VIEW, store: null, lastGood: null }, NOW).words).toBe('Nobody has said where backups are');
});

test('what comes next, what is late, what cannot be and who does nothing', () => {
  expect(nextWords(VIEW, NOW)).toBe('Next backup in 14 h, next drill in 5 d 16 h.');
  const late = { nextBackupAt: '2026-11-30T11:59:00Z', nextDrillAt: null };
  expect(nextWords({ ...VIEW, runner: late }, NOW)).toMatch(/^Next backup now\. No drill: backups are encrypted/);
  expect(nextWords({ ...VIEW, runner: null }, NOW)).toBeUndefined();
});

test('what one is worth never looks well where something is wrong', () => {
  expect(outcomeWords(GOOD)).toEqual({ words: 'Restored', tone: 'well' });
  expect(outcomeWords({ ...GOOD, missingObjects: 1 })).toEqual({ words: 'Restored, but 1 object lost', tone: 'held' });
  for (const outcome of ['bad', 'damaged', 'failed'] as const)
    expect(outcomeWords({ ...GOOD, outcome }).tone).toBe('broken');
  const drill = { at: NOW.toISOString(), backup: 'b', rto: 1, rpo: 2, sentence: 'Nothing plays.', read: false };
  expect(drillWords({ ...drill, passed: false, played: false })).toEqual({ words: 'Nothing plays.', tone: 'broken' });
  expect(drillWords({ ...drill, passed: true, played: false }).words).toContain('no video to play');
  expect(drillWords({ ...drill, passed: true, played: false, read: true }).words).toContain('a video read whole');
});
