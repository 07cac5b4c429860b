import path from 'node:path';
import type { TestProject } from 'vitest/node';
import type { JudgeTools } from '@transcode/testing/judge';
import { startInstallation } from './installation.ts';

declare module 'vitest' {
  interface ProvidedContext {
    installation: { url: string; key: string; password: string; data: string; tools: JudgeTools; chromium: string };
  }
}

/** One installation for all tests of this package, started by the front door and stopped at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const installation = await startInstallation();
  const bin = path.resolve(import.meta.dirname, '../../.tools/bin');
  project.provide('installation', {
    url: installation.url,
    data: installation.data,
    password: installation.password,
    key: await installation.key('operator'),
    tools: { ffmpeg: `${bin}/ffmpeg`, ffprobe: `${bin}/ffprobe`, packager: `${bin}/packager` },
    chromium: '/usr/bin/chromium',
  });
  return () => installation.stop();
}
