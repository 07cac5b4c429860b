import { expect, test } from 'vitest';
import { publishedRate } from '../src/frame-rate.ts';

const rates = [
  { source: [30_000, 1001], published: [30_000, 1001], why: 'as it is' },
  { source: [120, 1], published: [60, 1], why: 'halved above the most' },
  { source: [1, 1], published: [1, 1], why: 'the least' },
  { source: [1, 2], published: [1, 1], why: 'each picture twice' },
  { source: [2, 5], published: [6, 5], why: 'each picture three times' },
  // Two pictures of two seconds, the first of which a fragmented MP4 made 21 ms longer.
  {
    source: [16_384, 32_943],
    published: [32_768, 32_943],
    why: 'each twice, though that is a little less than one a second',
  },
  { source: [100, 101], published: [100, 101], why: 'hardly less than one a second' },
  { source: [9, 10], published: [9, 5], why: 'too much less' },
] as const;

test.for(rates)('a constant rate: $source.0/$source.1, $why', ({ source, published }) => {
  const rate = { num: source[0], den: source[1] };
  expect(publishedRate({ rateKind: 'constant', rate })).toEqual({ num: published[0], den: published[1] });
});
