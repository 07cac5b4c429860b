import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Files clean up after themselves, so that all may have one process, which saves a second each.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
