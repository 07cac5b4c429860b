import { expect, test } from 'vitest';
import { judgeSoundLength } from '../../src/judge/judge-sound-length.ts';

const AT_25 = { rate: '25/1' };

test.each([
  ['what its case says', { ...AT_25, soundSeconds: 5 }, { frames: 125, sourceSeconds: 5 }, [4.89, 4.91, 5.09, 5.11]],
  ['its source', AT_25, { frames: 75, sourceSeconds: 3.5 }, [3.34, 3.36, 3.64, 3.66]],
  ['the picture, where it ends before', AT_25, { frames: 75, sourceSeconds: 1 }, [2.84, 2.86, 3.14, 3.16]],
  ['the picture, where its source cannot be told', AT_25, { frames: 75, sourceSeconds: 0 }, [2.84, 2.86, 3.14, 3.16]],
])('a sound lasts as %s', (_, expected, lengths, ends) => {
  const wrong = ends.map((seconds) => judgeSoundLength('sound', expected, { ...lengths, seconds }).length);
  expect(wrong).toEqual([1, 0, 0, 1]);
});
