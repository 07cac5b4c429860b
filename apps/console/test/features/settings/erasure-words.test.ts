import type { ErasureView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { askedByWords, backupsWords, goneWords } from '../../../src/features/settings/erasures/erasure-words.ts';

const ID = '01890000-0000-7000-8000-000000000000';
const NOW = new Date('2026-12-01T12:00:00Z');
const UNTIL = '2027-01-01T12:00:00Z';
const through: ErasureView = {
  ...{ id: ID, kind: 'video', subjectId: ID, askedBy: { kind: 'user', id: ID, name: 'Ada' } },
  ...{ askedAt: '2026-12-01T11:00:00Z', erasedAt: '2026-12-01T11:01:00Z', rows: 12, objects: 1 },
  ...{ tombstoneAt: '2026-12-01T11:00:01Z', reappliedAt: null, backups: { until: UNTIL, left: 2 } },
};

test('who asked is told while they are there, and as gone once they are not', () => {
  expect(askedByWords(through)).toBe('Ada');
  expect(askedByWords({ ...through, askedBy: { kind: 'key', id: ID, name: 'Build' } })).toBe('API key “Build”');
  expect(askedByWords({ ...through, askedBy: { kind: 'user', id: ID, name: null } })).toBe('Somebody who is gone');
  expect(askedByWords({ ...through, askedBy: { kind: 'key', id: ID, name: null } })).toBe('A key that is gone');
  expect(askedByWords({ ...through, askedBy: null })).toBe('Somebody at the command line');
});

test('what went is counted once all has, and a restore that brought it back is told', () => {
  expect(goneWords(through)).toBe('12 rows, 1 object');
  expect(goneWords({ ...through, erasedAt: null })).toBe('Under way …');
  expect(goneWords({ ...through, reappliedAt: UNTIL })).toBe('12 rows, 1 object; once more after a restore');
});

test.each<[Partial<ErasureView>, RegExp]>([
  [{}, /^2 older ones may have it until .*2027/],
  [{ backups: { until: UNTIL, left: 1 } }, /^1 older one may have it until /],
  [{ backups: { until: UNTIL, left: null } }, /^Older ones have it until /],
  [{ backups: { until: '2026-11-30T00:00:00Z', left: 1 } }, /^1 older one may have it longer than usual$/],
  [{ backups: { until: UNTIL, left: 0 } }, /^None has it$/],
  [{ backups: null }, /^No backups are kept$/],
  [{ erasedAt: null, backups: null }, /^–$/],
  [{ tombstoneAt: null }, /\. Their store has not heard of it yet: a restore would bring it back$/],
])('what backups have of it: %j', (change, words) => {
  expect(backupsWords({ ...through, ...change }, NOW)).toMatch(words);
});
