import { defineConfig } from 'vitest/config';

/** What lasts for many minutes or needs programs that are built first: `./transcode test --deep`. */
export default defineConfig({
  test: { include: ['test/**/*.deep.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 1_800_000 },
});
