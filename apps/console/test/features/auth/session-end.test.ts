import { ERRORS } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { isSessionEnd, PageSession, signInPath, whySignIn } from '../../../src/features/auth/session-end.ts';
import { localPath } from '../../../src/features/auth/local-path.ts';

const ENDS = ['unauthenticated', 'session_ended', 'session_expired', 'account_disabled'] as const;

test('each way in which the API ends a session has its sentence at the door', () => {
  const sentences = ENDS.map((code) => whySignIn(code));
  expect(new Set(sentences).size).toBe(ENDS.length);
  for (const code of ENDS) expect([isSessionEnd(code), ERRORS[code].status]).toEqual([true, 401]);
});

test('what says nothing of the session does not end it, and a stranger is told nothing', () => {
  expect(isSessionEnd('wrong_credentials')).toBe(false);
  expect(isSessionEnd(undefined)).toBe(false);
  expect([whySignIn(undefined), whySignIn('<b>'), whySignIn(['session_ended'])]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('the way to the door leads back to where one was', () => {
  const path = signInPath('/jobs?state=failed&q=a b', 'session_ended');
  const query = new URL(path, 'http://here').searchParams;
  expect([query.get('next'), query.get('why')]).toEqual(['/jobs?state=failed&q=a b', 'session_ended']);
  expect(localPath(signInPath('/', undefined))).toBe('/sign-in');
});

test('a session ends once, and says by what', () => {
  const left: string[] = [];
  const session = new PageSession((why) => left.push(why));
  let told = 0;
  session.subscribe(() => (told += 1));
  for (const why of ['session_ended', 'unauthenticated']) session.end(why);
  expect([left, told, session.endedBy()]).toEqual([['session_ended'], 1, 'session_ended']);
});
