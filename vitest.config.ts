import { defineConfig } from 'vitest/config';

/** All packages' tests in one run; the whole product's are in e2e/ and run by themselves. */
export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'bench', 'infra/docker', 'infra/helm', 'infra/monitoring'],
  },
});
