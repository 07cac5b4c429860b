import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../src/server/content-security-policy.ts';

test('scripts need the nonce, and nothing may be inline or evaluated', () => {
  const policy = contentSecurityPolicy('n0nce', { mediaOrigins: '', path: '/' });
  expect(policy).toContain("script-src 'self' 'nonce-n0nce' 'strict-dynamic'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("connect-src 'self';");
});

test('media may come from the origins that playback is redirected to', () => {
  const policy = contentSecurityPolicy('n', {
    mediaOrigins: ' https://s3.example https://b.s3.example ',
    path: '/',
  });
  for (const name of ['img-src', 'media-src', 'connect-src']) {
    expect(policy).toMatch(new RegExp(`${name}[^;]* https://s3.example https://b.s3.example`));
  }
});

test.each([
  ['/', "'none'"],
  ['/share/s3cret', "'none'"],
  ['/videos/embed/', "'none'"],
  ['/embed/s3cret', '*'],
])('%s may be framed by %s', (path, who) => {
  expect(contentSecurityPolicy('n', { mediaOrigins: '', path })).toContain(`frame-ancestors ${who};`);
});
