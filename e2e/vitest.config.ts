import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['src/global-setup.ts'],
    // Two cores: the installation encodes on both while these wait and judge.
    maxWorkers: 2,
    maxConcurrency: 4,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
