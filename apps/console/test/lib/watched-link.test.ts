import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '@transcode/api/router';
import { expect, test } from 'vitest';
import { PageSession } from '../../src/features/auth/session-end.ts';
import { watchedLink } from '../../src/lib/watched-link.ts';

/** The API as a page has it, which answers each call so. */
function page(answer: () => unknown) {
  const noted: string[] = [];
  let asked = 0;
  const session = new PageSession((why) => noted.push(`left: ${why}`));
  const watch = { heard: () => void noted.push('heard'), doubt: () => void noted.push('doubt') };
  const end: TRPCLink<AppRouter> = () => () =>
    observable((observer) => {
      asked += 1;
      const given = answer();
      if (given instanceof Error) observer.error(TRPCClientError.from(given));
      else {
        observer.next({ result: { type: 'data', data: given } });
        observer.complete();
      }
    });
  const api = createTRPCClient<AppRouter>({ links: [watchedLink({ session, watch }), end] });
  return { api, noted, asked: () => asked };
}

function refusal(code: string, httpStatus: number): Error {
  return new TRPCClientError('No.', {
    result: { error: { message: 'No.', code: -32001, data: { code, httpStatus } } },
  });
}

test('once the session has ended, whoever goes on asking is not heard by the server any more', async () => {
  const { api, noted, asked } = page(() => refusal('session_ended', 401));
  // As the list of jobs does: what it cannot have it asks for again, and swallows the error.
  for (let times = 0; times < 5; times += 1) await Promise.allSettled([api.jobs.list.query({})]);
  await expect(api.workers.pause.mutate({ scope: 'all' })).rejects.toThrow('The session has ended.');
  expect(asked()).toBe(1);
  expect(noted).toEqual(['left: session_ended']);
});

test.each([
  ['an answer', () => ({ items: [] }), 'heard'],
  ['a refusal', () => refusal('not_found', 404), 'heard'],
  ['a wrong password', () => refusal('wrong_credentials', 401), 'heard'],
  ['a fault of ours', () => refusal('internal', 500), 'heard'],
  ['no database', () => refusal('database_unavailable', 503), 'doubt'],
  ['no answer', () => new TypeError('Failed to fetch'), 'doubt'],
])('%s is noted as what it says of the server', async (_, answer, note) => {
  const { api, noted } = page(answer);
  await Promise.allSettled([api.jobs.list.query({})]);
  expect(noted).toEqual([note]);
});
