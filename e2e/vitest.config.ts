import { defineConfig } from 'vitest/config';

/** They use one installation well, and leave it as it was. */
const ON_ONE = ['corpus', 'hostile', 'odd-lengths', 'players', 'quality'].map((name) => `test/${name}.test.ts`);
const CONSOLE = 'test/console.test.ts';
const FAULTS = 'test/faults/*.test.ts';

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'on-one', include: ON_ONE, globalSetup: ['src/global-setup.ts'] } },
      { extends: true, test: { name: 'on-own', include: ['test/*.test.ts'], exclude: [...ON_ONE, CONSOLE] } },
      { extends: true, test: { name: 'console', include: [CONSOLE] } },
      { extends: true, test: { name: 'faults', include: [FAULTS] } },
    ],
    // Two cores: one file after another, since the installation encodes on both while a browser or a judge works.
    fileParallelism: false,
    // Files clean up after themselves, so that all may have one process, which saves some seconds each.
    isolate: false,
    maxConcurrency: 4,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
