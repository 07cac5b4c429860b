import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/servers.ts'],
    // Files clean up after themselves, so that all may have one process, which saves a second each.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
