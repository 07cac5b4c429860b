import { defineConfig } from 'vitest/config';

/** What takes longer than anybody waits for while they work: `./transcode test --deep`. */
export default defineConfig({
  test: {
    include: ['test/**/*.deep.ts'],
    globalSetup: ['test/servers.ts'],
    provide: {
      seed: process.env['TRANSCODE_TEST_SEED'] ?? '',
      seconds: process.env['TRANSCODE_TEST_SECONDS'] ?? '',
    },
    hookTimeout: 120_000,
  },
});
