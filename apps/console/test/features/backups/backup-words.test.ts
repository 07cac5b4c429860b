import type { BackupsView, BackupView, OperationView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import {
  drillWords,
  fractionOf,
  lastGoodWords,
  nextWords,
  operationWords,
  outcomeWords,
} from '../../../src/features/backups/backup-words.ts';

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
const RUNNING: OperationView = {
  ...{ id: '01890000-0000-7000-8000-000000000000', kind: 'backup', state: 'running', askedBy: 'ada@example.org' },
  ...{ step: 2, doing: 'Restoring 00000001', canceledBy: null, sentence: null, createdAt: NOW.toISOString() },
  ...{ startedAt: NOW.toISOString(), endedAt: null },
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

test.each<[Partial<OperationView>, string]>([
  [{ state: 'queued' }, 'A backup for ada@example.org waits to begin.'],
  [{ step: 0 }, 'A backup for ada@example.org is under way. It begins …'],
  [{}, 'A backup for ada@example.org is under way. Step 2 of 3: Restoring 00000001 …'],
  [{ canceledBy: 'bob@example.org' }, 'bob@example.org stops the backup …'],
  [
    { state: 'canceled', canceledBy: 'bob@example.org' },
    'The backup for ada@example.org was stopped by bob@example.org.',
  ],
  [{ state: 'failed', sentence: 'The disk is full.' }, 'The backup for ada@example.org failed: The disk is full.'],
  [{ state: 'completed', askedBy: null, kind: 'drill' }, 'The drill by schedule went well.'],
  [{ state: 'completed', sentence: 'Two are lost.' }, 'The backup for ada@example.org was made. Two are lost.'],
])('%o', (operation, words) => {
  expect(operationWords({ ...RUNNING, ...operation })).toBe(words);
});

test('a step counts once it is over', () => {
  expect([0, 1, 2, 3].map((step) => fractionOf({ ...RUNNING, step }))).toEqual([0, 0, 1 / 3, 2 / 3]);
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
