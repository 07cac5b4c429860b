import type { BackupView, OperationView, VideoRestorePlan } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { canBeTaken, changesAnything, consequences, lastLook } from '../../../src/features/backups/restore-words.ts';

const NOW = new Date('2026-12-01T12:00:00Z');
const AT = '2026-12-01T11:30:00.000Z';
const ID = '01890000-0000-7000-8000-000000000000';
const PLAN: VideoRestorePlan = {
  ...{ found: 'plan', videoId: ID, workspaceId: ID, title: 'Harbour', backup: 'b', at: AT, canceledJobs: 0 },
  changes: [{ table: '"Video"', added: 1, replaced: 0, same: 0 }],
  objects: { there: 9, fetched: 0, lost: 0, lostPlayed: 0, named: [] },
};
const LOOK: OperationView = {
  ...{ id: ID, kind: 'restorePlan', state: 'completed', askedBy: 'ada', step: 2, doing: null, canceledBy: null },
  ...{ sentence: null, about: null, found: PLAN, steps: [], createdAt: AT, startedAt: AT, endedAt: AT },
};

test('a look is gone on from until something was restored, it found nothing, or an hour is over', () => {
  expect(lastLook([LOOK], NOW)).toBe(LOOK);
  const other = { ...LOOK, kind: 'backup', found: null } as const;
  expect(lastLook([other, LOOK], NOW)).toBe(LOOK);
  const restored = { ...LOOK, kind: 'restore', found: null } as const;
  expect(lastLook([restored, LOOK], NOW)).toBeUndefined();
  expect(lastLook([{ ...restored, state: 'failed' }, LOOK], NOW)).toBe(LOOK);
  expect(lastLook([{ ...LOOK, state: 'failed', found: null }, LOOK], NOW)).toBeUndefined();
  expect(lastLook([LOOK], new Date('2026-12-01T12:31:00Z'))).toBeUndefined();
  expect(lastLook([], NOW)).toBeUndefined();
});

test('only a good one that no restore has made is offered', () => {
  const good = { outcome: 'good', reason: 'schedule' } as BackupView;
  expect([good, { ...good, reason: 'restore' } as const, { ...good, outcome: 'bad' } as const].map(canBeTaken)).toEqual(
    [...[true, false, false]],
  );
});

test('what becomes of objects and of work is told, and that nothing would change', () => {
  expect(consequences(PLAN)).toEqual(['All of its 9 objects are in the storage.']);
  const objects = { there: 1, fetched: 2, lost: 3, lostPlayed: 1, named: [] };
  expect(consequences({ ...PLAN, objects, canceledJobs: 1 })).toEqual([
    '1 object of it is in the storage.',
    '2 objects are only in the second store, and are fetched from there.',
    'Nobody has 3 objects of it, and it takes 1 of them to play it.',
    '1 job that had not ended then comes back canceled; Retry begins anew.',
  ]);
  const changes = [{ table: '"Video"', added: 0, replaced: 0, same: 1 }];
  expect([PLAN, { ...PLAN, changes }, { ...PLAN, changes, objects }].map(changesAnything)).toEqual([true, false, true]);
});
