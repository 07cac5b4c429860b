import { defineConfig } from 'vitest/config';

/** Each starts servers of its own, on machines that may be busy. */
export default defineConfig({ test: { include: ['test/**/*.test.ts'], testTimeout: 240_000, hookTimeout: 240_000 } });
