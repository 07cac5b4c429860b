import { expect, test } from 'vitest';
import { countNew, mergeRows } from '../../../src/features/jobs/merge-rows.ts';

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

test('rows that are not shown yet are counted, wherever they come in', () => {
  const newest = [{ id: '6' }, { id: '4' }, { id: '3' }];
  expect(countNew(newest, [{ id: '4' }, { id: '2' }])).toBe(2);
  expect(countNew(newest, newest)).toBe(0);
  expect(countNew(newest, [])).toBe(3);
});
