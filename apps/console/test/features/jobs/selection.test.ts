import { expect, test } from 'vitest';
import { isSelected, NOTHING, toggleRow, type Selection } from '../../../src/features/jobs/selection.ts';

const rows = ['e', 'd', 'c', 'b', 'a'].map((id) => ({ id }));
const chosen = (selection: Selection) => rows.filter(({ id }) => isSelected(selection, id)).map(({ id }) => id);
const toggle = (selection: Selection, id: string, isRange = false) => toggleRow(selection, id, { isRange, rows });

test('with shift all rows from the last one ticked are ticked, in either direction', () => {
  expect(chosen(toggle(toggle(NOTHING, 'd'), 'b', true))).toEqual(['d', 'c', 'b']);
  expect(chosen(toggle(toggle(NOTHING, 'b'), 'd', true))).toEqual(['d', 'c', 'b']);
  expect(chosen(toggle(NOTHING, 'c', true))).toEqual(['c']);
});

test('a row that is ticked is unticked, and with shift so is the range', () => {
  const all = toggle(toggle(NOTHING, 'e'), 'a', true);
  expect(chosen(toggle(all, 'c'))).toEqual(['e', 'd', 'b', 'a']);
  expect(chosen(toggle(all, 'c', true))).toEqual(['e', 'd']);
});

test('all that the filter has stays all', () => {
  expect(chosen(toggle({ kind: 'filter' }, 'c'))).toEqual(['e', 'd', 'c', 'b', 'a']);
});
