import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Nothing here is changed by a test, so that all files may have one process, which saves a second each.
    isolate: false,
    // Machines may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
