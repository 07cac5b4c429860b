import { defineConfig } from 'vitest/config';

/** The API asked by its own document, as long as somebody waits: `./transcode test --deep`. */
export default defineConfig({
  test: {
    include: ['test/schemathesis/*.deep.ts'],
    globalSetup: ['test/servers.ts'],
    provide: {
      seed: process.env['TRANSCODE_TEST_SEED'] ?? '',
      seconds: process.env['TRANSCODE_TEST_SECONDS'] ?? '',
    },
    hookTimeout: 120_000,
  },
});
