import { expect, test } from 'vitest';
import { counted, nounFor } from '../src/index.ts';

test('a number stands with its noun', () => {
  expect([0, 1, 2, 1_200].map((count) => counted(count, 'job'))).toEqual(['0 jobs', '1 job', '2 jobs', '1,200 jobs']);
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
  expect([nounFor(1, 'its video', 'their videos'), nounFor(3, 'its video', 'their videos')]).toEqual([
    'its video',
    'their videos',
  ]);
});
