import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['{test,grafana,logs,otel-collector}/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
