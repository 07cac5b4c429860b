import { defineConfig } from 'vitest/config';

/** What takes longer than anybody waits for while they work: `./transcode test --deep`. */
export default defineConfig({
  test: { include: ['{grafana,logs,otel-collector}/test/**/*.deep.ts'], fileParallelism: false },
});
