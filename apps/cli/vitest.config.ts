import { defineConfig } from 'vitest/config';

/** Each starts servers of its own, on machines that may be busy. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Files clean up after themselves, so that all may have one process, which saves a second each.
    isolate: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
