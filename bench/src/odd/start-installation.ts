import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { createApiKey } from '@transcode/api/local';
import { freePort } from '@transcode/servers';
import type { JudgeTools } from '@transcode/testing/judge';
import { startBenchStack } from '../bench-stack.ts';

/** A whole Transcode, to whoever sends it files. */
export interface Installation {
  readonly url: string;
  readonly key: string;
  readonly tools: JudgeTools;
  /** Goes with it. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Postgres, Redis, an API and a worker; `chunkSegments` that chunks after the first have. */
export async function startInstallation(root: string, chunkSegments: number): Promise<Installation> {
  const stack = await startBenchStack(root);
  try {
    const { packager, ffmpeg, ffprobe } = stack.tools;
    if (packager === undefined)
      throw new Error('There is no Shaka Packager here to judge by: ./transcode test fetches it.');
    const port = await freePort();
    const secrets = { AUTH_SECRET: randomBytes(32).toString('hex'), GRANT_SECRET: randomBytes(32).toString('hex') };
    await stack.startProcess('api', { ...secrets, PORT: String(port) });
    const scratch = path.join(stack.folder, 'scratch');
    await stack.startProcess('worker', { SCRATCH_DIR: scratch, CHUNK_SEGMENTS: String(chunkSegments) });
    const { key } = await createApiKey(stack.db, { name: 'odd', role: 'editor' });
    const url = `http://127.0.0.1:${port}`;
    return { url, key, tools: { ffmpeg, ffprobe, packager }, folder: stack.folder, stop: () => stack.dispose() };
  } catch (error) {
    await stack.dispose();
    throw error;
  }
}
