import { expect, test } from 'vitest';
import { showsSession } from '../../src/server/shows-session.ts';

test.each([
  ['next-auth.session-token=x', true],
  ['theme=dark; __Secure-next-auth.session-token=x; other=1', true],
  ['next-auth.session-token.0=x; next-auth.session-token.1=y', true],
  ['', false],
  ['next-auth.session-token=', false],
  ['next-auth.csrf-token=x; theme=session-token', false],
  ['other-next-auth.session-token=x', false],
])('in %j there is a session: %s', (cookie, isThere) => {
  expect(showsSession(cookie)).toBe(isThere);
});
