import type { TestProject } from 'vitest/node';
import { startInstallation } from './installation.ts';

declare module 'vitest' {
  interface ProvidedContext {
    installation: { url: string; key: string; data: string };
  }
}

/** One installation for all tests of a project, started by the front door and stopped at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const installation = await startInstallation();
  const { url, data } = installation;
  project.provide('installation', { url, data, key: await installation.key('operator') });
  return () => installation.stop();
}
