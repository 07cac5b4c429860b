import { startStack } from '@transcode/testing';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    servers: { databaseUrl: string; redisUrl: string; folder: string; ffmpeg: string; ffprobe: string };
  }
}

/** One Postgres and one Redis for all tests of the worker. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = await startStack();
  const { databaseUrl, redisUrl, folder, tools } = stack;
  project.provide('servers', { databaseUrl, redisUrl, folder, ffmpeg: tools.ffmpeg, ffprobe: tools.ffprobe });
  return () => stack.dispose();
}
