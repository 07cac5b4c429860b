import { expect, test } from 'vitest';
import { worstSecond } from '../../../src/features/player/worst-second.ts';

test('the lowest measured second is the worst, the first of two alike', () => {
  expect(worstSecond({ perSecond: [93, null, 71.5, 88, 71.5] })).toEqual({ second: 2, score: 71.5 });
  expect(worstSecond({ perSecond: [null, null] })).toBeUndefined();
});
