import { expect, test } from 'vitest';
import { localPath } from '../../../src/features/auth/local-path.ts';

test('keeps a path of this site', () => {
  expect(localPath('/videos/1?x=2')).toBe('/videos/1?x=2');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', undefined, ['/a']])(
  '%s leads home',
  (next) => {
    expect(localPath(next)).toBe('/');
  },
);
