import { expect, test } from 'vitest';
import { countNewer, mergeRows } from '../../../src/features/jobs/merge-rows.ts';

const pages = [
  { items: [{ id: '4', state: 'queued' }] },
  {
    items: [
      { id: '3', state: 'queued' },
      { id: '2', state: 'running' },
    ],
  },
];

test('rows change in their places; those that came meanwhile are not put between', () => {
  const merged = mergeRows(pages, [
    { id: '3', state: 'running' },
    { id: '5', state: 'queued' },
  ]);
  expect(merged.flatMap(({ items }) => items.map(({ id, state }) => `${id} ${state}`))).toEqual([
    '4 queued',
    '3 running',
    '2 running',
  ]);
  expect(merged[0]).toBe(pages[0]);
});

test('newer rows are counted from the first that is shown', () => {
  const newest = [{ id: '6' }, { id: '5' }, { id: '4' }];
  expect(countNewer(newest, '4')).toBe(2);
  expect(countNewer(newest, undefined)).toBe(3);
});
