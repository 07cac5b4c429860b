import { expect, test } from 'vitest';
import {
  isNarrowed,
  operationQueryText,
  parseOperationQuery,
} from '../../../src/features/operations/operation-query.ts';

const parsed = (text: string) => parseOperationQuery(new URLSearchParams(text));

test('an address says what is narrowed to, and what it does not know is left out', () => {
  const text = 'kind=maintenance&state=failed%2Ccanceled&work=restore';
  expect(parsed(text)).toEqual({ state: ['failed', 'canceled'], work: 'restore' });
  expect(operationQueryText(parsed(text))).toBe(text);
  expect(parsed('kind=maintenance&state=lost&work=dance')).toEqual({ state: [], work: '' });
  expect(operationQueryText(parsed(''))).toBe('kind=maintenance');
  expect([isNarrowed(parsed('')), isNarrowed(parsed('state=failed'))]).toEqual([false, true]);
});
