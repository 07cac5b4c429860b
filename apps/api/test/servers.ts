import { startStack } from '@transcode/testing';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated, empty database that each test file copies for itself. */
    templateUrl: string;
    redisUrl: string;
  }
}

/** One Postgres and one Redis for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = await startStack();
  project.provide('templateUrl', stack.databaseUrl);
  project.provide('redisUrl', stack.redisUrl);
  return () => stack.dispose();
}
