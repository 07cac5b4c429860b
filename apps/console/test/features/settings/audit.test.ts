import type { AuditView } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { auditCsv } from '../../../src/features/settings/audit/audit-csv.ts';
import { auditFilter } from '../../../src/features/settings/audit/audit-filter.ts';
import { changedFacts } from '../../../src/features/settings/audit/changed-facts.ts';
import { pageOf } from '../../../src/features/settings/audit/page-of.ts';

const ID = '01890000-0000-7000-8000-000000000000';
const entry: AuditView = {
  ...{ id: ID, at: '2026-11-26T14:05:09.000Z', action: 'video.rename', target: ID, targetName: '=SUM(A1)' },
  actor: { kind: 'user', id: ID, name: 'Ada "the first", Countess' },
  workspace: null,
  before: { title: 'Old' },
  after: { title: '=SUM(A1)' },
  details: {},
  ...{ sentence: 'Ada renamed it.', about: null },
};

test('what can still be seen has its page', () => {
  expect(pageOf({ kind: 'preset', id: 'a/b' })).toBe('/presets/a%2Fb');
  expect(pageOf({ kind: 'key', id: ID })).toBe('/settings/keys');
});

test('what changed is told value by value', () => {
  const before = { role: 'editor', workspaces: [], disabled: false };
  const after = { role: 'admin', workspaces: ['One', 'Two'], qualityFloor: 80 };
  expect(changedFacts({ before, after })).toEqual([
    { name: 'role', before: 'Editor', after: 'Administrator' },
    { name: 'workspaces', before: 'none', after: 'One, Two' },
    { name: 'disabled', before: 'no', after: undefined },
    { name: 'quality floor', before: undefined, after: '80' },
  ]);
  const ladder = [{ height: 360, bitRate: 800_000 }];
  expect(changedFacts({ before: null, after: { ladder } })).toEqual([
    { name: 'ladder', before: undefined, after: '360 lines at 800 kb/s' },
  ]);
});

test('the table can be read by a spreadsheet, and runs nothing in it', () => {
  const [head, row, rest] = auditCsv([entry]).split('\r\n');
  expect(head?.split(',')).toHaveLength(11);
  expect(row).toContain('"Ada ""the first"", Countess"');
  expect(row).toContain(`"'=SUM(A1)"`);
  expect(row).toContain(`"{""title"":""Old""}"`);
  expect(rest).toBe('');
});

test('the address narrows by whole days of the viewer, and what is mistyped does not narrow', () => {
  const filter = auditFilter(new URLSearchParams({ actor: ID, from: '2026-11-26', to: '2026-11-26' }));
  expect(filter.actor).toBe(ID);
  expect(Date.parse(filter.until ?? '') - Date.parse(filter.since ?? '')).toBe(86_400_000);
  expect(new Date(filter.since ?? '').getHours()).toBe(0);
  expect(auditFilter(new URLSearchParams({ actor: 'ada', from: 'yesterday' }))).toEqual({});
});
