import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // Files clean up after themselves, so that all may have one process, which saves a second each.
    isolate: false,
    // Two cores, and nearly every test keeps an ffmpeg busy.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
