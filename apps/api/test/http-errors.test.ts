import { BrokenInvariant, ChunkIndex, TranscodeError } from '@transcode/contracts';
import { TRPCError } from '@trpc/server';
import { expect, test } from 'vitest';
import { problemOf } from '../src/http/problem.ts';
import { toTranscodeError } from '../src/http/to-transcode-error.ts';

const storedBroken = ChunkIndex.safeParse({ of: 'an older version' }).error;

test.for<[string, unknown]>([
  ['an invariant', new BrokenInvariant('There is no such chunk.')],
  ['an invariant in a procedure', new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: new BrokenInvariant('No.') })],
  ['a row that is not as it has to be', storedBroken],
  ['a row in a procedure', new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: storedBroken })],
  ['a refusal of somebody we ask', Object.assign(new Error('Unauthorized'), { $metadata: { httpStatusCode: 401 } })],
  ['a thing that is no error', 'what'],
])('%s of ours is internal, and tells nothing of itself', ([, thrown]) => {
  const error = toTranscodeError(thrown, 'r1');
  expect([error.code, error.status]).toEqual(['internal', 500]);
  expect(problemOf(error, 'r1').issues).toBeUndefined();
  expect(problemOf(error, 'r1').detail).toBe(error.message);
});

test.for<[string, unknown, string]>([
  ['what Fastify refuses', Object.assign(new Error('no'), { code: 'FST_ERR_NEW', statusCode: 400 }), 'bad_request'],
  ['an address that it does not know', Object.assign(new Error('no'), { statusCode: 404 }), 'not_found'],
  ['its own failure', Object.assign(new Error('no'), { statusCode: 500 }), 'internal'],
  ['our own refusal', new TranscodeError('conflict', { reason: 'No' }), 'conflict'],
])('%s is told as what it is', ([, thrown, code]) => {
  expect(toTranscodeError(thrown, 'r1').code).toBe(code);
});
