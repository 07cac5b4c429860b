import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** What takes longer than CI may: `./transcode test --deep`. */
export default defineConfig({ test: { ...config.test, include: ['test/**/*.deep.ts'] } });
