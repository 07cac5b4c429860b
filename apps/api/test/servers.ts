import { startStack } from '@transcode/testing';
import type { TestProject } from 'vitest/node';
import { startWatchers } from './watchers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated, empty database that each test file copies for itself. */
    templateUrl: string;
    redisUrl: string;
    /** STORAGE_URL of a bucket and what it takes to get in; each installation has its own prefix there. */
    s3: Record<string, string>;
    /** PROMETHEUS_URL and ALERTMANAGER_URL. */
    watchers: Record<string, string>;
  }
}

/** One server of each kind for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [stack, watchers] = await Promise.all([startStack({ s3: true }), startWatchers()]);
  const { DATABASE_URL: _own, REDIS_URL: _too, ...s3 } = stack.env;
  project.provide('templateUrl', stack.databaseUrl);
  project.provide('redisUrl', stack.redisUrl);
  project.provide('s3', s3);
  project.provide('watchers', watchers.env);
  return async () => {
    await Promise.all([stack.dispose(), watchers.dispose()]);
  };
}
