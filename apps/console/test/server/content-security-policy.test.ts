import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../src/server/content-security-policy.ts';

test('scripts need the nonce, and nothing may be inline or evaluated', () => {
  const policy = contentSecurityPolicy('n0nce', '');
  expect(policy).toContain("script-src 'self' 'nonce-n0nce' 'strict-dynamic'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("connect-src 'self';");
});

test('media may come from the origins that playback is redirected to', () => {
  const policy = contentSecurityPolicy('n', ' https://s3.example https://b.s3.example ');
  for (const name of ['img-src', 'media-src', 'connect-src']) {
    expect(policy).toMatch(new RegExp(`${name}[^;]* https://s3.example https://b.s3.example`));
  }
});
