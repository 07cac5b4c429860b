import { expect, test } from 'vitest';
import { heldOrder, trayOrder } from '../../../src/features/uploads/tray-order.ts';
import { itemOf } from './item-of.ts';

const names = (items: readonly { id: string }[]) => items.map(({ id }) => id).join(' ');

test('what runs is first, what needs a person next, and what is through last', () => {
  const items = [
    itemOf({ id: 'done', state: 'done' }),
    itemOf({ id: 'waiting', state: 'waiting' }),
    itemOf({ id: 'no-video', state: 'done', became: 'failed' }),
    itemOf({ id: 'paused', state: 'paused' }),
    itemOf({ id: 'running', state: 'uploading' }),
    itemOf({ id: 'needs-file', state: 'needs-file' }),
    itemOf({ id: 'second', state: 'uploading' }),
  ];
  expect(names(trayOrder(items))).toBe('running second no-video needs-file paused waiting done');
});

test('while somebody points at the list nothing moves: what is new is at its end, what is gone is gone', () => {
  const before = [itemOf({ id: '1', state: 'uploading' }), itemOf({ id: '2', state: 'waiting' }), itemOf({ id: '3' })];
  const seen = ['1', '2', '3'];
  const after = [
    itemOf({ id: '1', state: 'done' }),
    itemOf({ id: '2', state: 'uploading' }),
    itemOf({ id: '4', state: 'uploading' }),
  ];
  expect(names(heldOrder(before, seen))).toBe('1 2 3');
  expect(names(heldOrder(after, seen))).toBe('1 2 4');
  expect(names(trayOrder(after))).toBe('2 4 1');
});
