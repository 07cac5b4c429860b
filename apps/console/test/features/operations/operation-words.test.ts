import type { OperationView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { fractionOf, operationWords } from '../../../src/features/operations/operation-words.ts';

const AT = '2026-11-30T12:00:00.000Z';
const ABOUT = { video: 'Harbour', videoId: null, backup: null };
const RUNNING: OperationView = {
  ...{ id: '01890000-0000-7000-8000-000000000000', kind: 'backup', state: 'running', askedBy: 'ada@example.org' },
  ...{ step: 2, doing: 'Restoring 00000001', canceledBy: null, sentence: null, createdAt: AT },
  ...{ startedAt: AT, endedAt: null, about: null, found: null, steps: [] },
};

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
  [
    { kind: 'restore', about: ABOUT, step: 5, doing: 'Writing its rows' },
    'A restore of Harbour for ada@example.org is under way. Step 5 of 5: Writing its rows …',
  ],
  [
    { kind: 'restorePlan', about: ABOUT, state: 'completed' },
    'The dry run of a restore of Harbour for ada@example.org went well.',
  ],
  [{ state: 'completed', sentence: 'Two are lost.' }, 'The backup for ada@example.org was made. Two are lost.'],
])('%o', (operation, words) => {
  expect(operationWords({ ...RUNNING, ...operation })).toBe(words);
});

test('a step counts once it is over', () => {
  expect([0, 1, 2, 3].map((step) => fractionOf({ ...RUNNING, step }))).toEqual([0, 0, 1 / 3, 2 / 3]);
});
