import { defineConfig } from 'vitest/config';

/** What packages keep in `*.deep.ts`, in one run: `./transcode test --deep`. What needs programs that are built first is run by itself. */
export default defineConfig({
  test: {
    projects: ['apps/{api,cli,worker}', 'packages/backup', 'infra/helm'].map((each) => `${each}/vitest.deep.config.ts`),
  },
});
