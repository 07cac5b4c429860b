import { expect, test } from 'vitest';
import { parseEnv } from '../../src/server/env.ts';

const GOOD = { API_URL: 'http://127.0.0.1:8080', NEXTAUTH_SECRET: 's'.repeat(43) };

test('reads what is needed', () => {
  expect(parseEnv(GOOD)).toEqual({ ...GOOD, MEDIA_ORIGINS: '', OTEL_TRACES_SAMPLER_ARG: 1 });
});

test('refuses a missing address, a short secret, and origins that would end a policy', () => {
  expect(() => parseEnv({ ...GOOD, API_URL: undefined })).toThrow('API_URL');
  expect(() => parseEnv({ ...GOOD, NEXTAUTH_SECRET: 'short' })).toThrow('NEXTAUTH_SECRET');
  expect(() => parseEnv({ ...GOOD, MEDIA_ORIGINS: "https://s3.example; script-src 'unsafe-inline'" })).toThrow(
    'MEDIA_ORIGINS',
  );
});
