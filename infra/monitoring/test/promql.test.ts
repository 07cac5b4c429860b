import { expect, test } from 'vitest';
import { lets, readExpression } from '../src/promql.ts';

test('an expression tells its selectors with their matchers, and what it groups by', () => {
  expect(
    readExpression('sum by (job, le) (rate(a_bucket{x!~"y|z",q="\\"1"}[5m])) / on (slo) b:c:d > 1 and {__name__="up"}'),
  ).toEqual({
    selectors: [
      {
        metric: 'a_bucket',
        matchers: [
          { label: 'x', operator: '!~', value: 'y|z' },
          { label: 'q', operator: '=', value: '"1' },
        ],
      },
      { metric: 'b:c:d', matchers: [] },
      { metric: 'up', matchers: [{ label: '__name__', operator: '=', value: 'up' }] },
    ],
    grouped: ['job', 'le', 'slo'],
  });
});

test.for(['sum(', 'rate(a[5m]', 'a{b}', '{b="c"}'])('%s is refused', (text) => {
  expect(() => readExpression(text)).toThrow(SyntaxError);
});

test('a matcher lets through what Prometheus would', () => {
  const ends = { label: 'state', operator: '!~', value: 'stopped|gone' } as const;
  expect(['active', 'gone', 'gone for long'].filter((value) => lets(ends, value))).toEqual(['active', 'gone for long']);
});
