import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { explain } from '../../src/lib/explain.ts';

test('the API’s own sentence and status', () => {
  const error = new TRPCClientError('The database does not answer.', {
    result: {
      error: { message: 'The database does not answer.', code: -32603, data: { httpStatus: 503, code: 'not_ready' } },
    },
  });
  expect(explain(error)).toEqual({ sentence: 'The database does not answer.', status: 503, code: 'not_ready' });
});

test('anything else is the line', () => {
  expect(explain(new TypeError('Failed to fetch'))).toEqual({
    sentence: 'The server does not answer. Check your connection, then try again.',
    status: undefined,
    code: undefined,
  });
});
