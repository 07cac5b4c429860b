import { expect, test } from 'vitest';
import { wrongNumbers } from '../../src/chaos/judge-frames.ts';

test.each([
  ['all of them', [0, 1, 2, 3], undefined],
  ['one left out', [0, 1, 3], 'picture 2 of 3 shows 3'],
  ['one twice', [0, 1, 1, 2, 3], 'picture 2 of 5 shows 1'],
  ['two in the wrong order', [0, 2, 1, 3], 'picture 1 of 4 shows 2'],
  ['the last one missing', [0, 1, 2], 'it has 3 pictures, and 4 were sent'],
  ['one too many', [0, 1, 2, 3, 4], 'it has 5 pictures, and 4 were sent'],
])('%s', (_, numbers, complaint) => {
  expect(wrongNumbers(numbers, 4)).toBe(complaint);
});
