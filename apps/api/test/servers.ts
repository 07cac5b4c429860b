import { startStack } from '@transcode/testing';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated, empty database that each test file copies for itself. */
    templateUrl: string;
    redisUrl: string;
    /** STORAGE_URL of a bucket and what it takes to get in; each installation has its own prefix there. */
    s3: Record<string, string>;
  }
}

/** One Postgres, one Redis and one S3 server for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = await startStack({ s3: true });
  const { DATABASE_URL: _own, REDIS_URL: _too, ...s3 } = stack.env;
  project.provide('templateUrl', stack.databaseUrl);
  project.provide('redisUrl', stack.redisUrl);
  project.provide('s3', s3);
  return () => stack.dispose();
}
