import { expect, test } from 'vitest';
import { describeCells, groupCells, type StripCell } from '../src/strip-cells.ts';

const cell = (state: StripCell['state'], more: Partial<StripCell> = {}): StripCell => ({
  state,
  fraction: state === 'done' ? 1 : 0,
  takenOver: false,
  seconds: 10,
  ...more,
});

test('few cells stay as they are', () => {
  const cells = [cell('done'), cell('waiting')];
  expect(groupCells(cells, 2)).toBe(cells);
});

test('many cells become few, and lose no second', () => {
  const cells = Array.from({ length: 1001 }, (_, at) => cell(at < 500 ? 'done' : 'waiting'));
  const grouped = groupCells(cells, 40);
  expect(grouped).toHaveLength(40);
  expect(grouped.reduce((sum, one) => sum + one.seconds, 0)).toBe(10_010);
  expect(grouped[0]?.state).toBe('done');
  expect(grouped.at(-1)?.state).toBe('waiting');
});

test('a group is in work while it is partly done, and keeps what must not be overlooked', () => {
  expect(groupCells([cell('done'), cell('waiting')], 1)).toEqual([
    { state: 'running', fraction: 0.5, takenOver: false, seconds: 20 },
  ]);
  expect(groupCells([cell('done', { takenOver: true }), cell('failed')], 1)[0]).toMatchObject({
    state: 'failed',
    takenOver: true,
  });
});

test('in words', () => {
  expect(describeCells([cell('done')])).toBe('Done');
  expect(describeCells([cell('done'), cell('done')])).toBe('All 2 parts done');
  expect(describeCells([cell('done', { takenOver: true }), cell('running'), cell('waiting')])).toBe(
    '1 of 3 parts done, 1 in work, 1 taken over by another worker',
  );
});
