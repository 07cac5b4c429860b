import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startS3, type RunningServer } from '@transcode/servers';
import { openNamedStorage, openStorage, type Storage } from '../src/index.ts';
import type { S3Options } from '../src/s3/s3-client.ts';

export const BUCKET = 'transcode-test';
const WEED = resolve(import.meta.dirname, '../../../.tools/bin/weed');

export interface TestS3 {
  server: RunningServer;
  options: S3Options & { accessKeyId: string; secretAccessKey: string };
  open(prefix?: string): Storage;
  /** As a process opens it. */
  openNamed(): Storage;
  close(): Promise<void>;
}

/** A real S3 server with an empty bucket. */
export async function startTestS3(): Promise<TestS3> {
  const dataDir = await mkdtemp(join(tmpdir(), 'transcode-s3-'));
  const credentials = { accessKeyId: 'test', secretAccessKey: randomBytes(16).toString('hex') };
  const server = await startS3({ weed: WEED, dataDir, bucket: BUCKET, ...credentials });
  const options = { endpoint: server.url, ...credentials };
  return {
    server,
    options,
    open: (prefix = '') => openStorage(`s3://${BUCKET}${prefix === '' ? '' : `/${prefix}`}`, { s3: options }),
    openNamed: () =>
      openNamedStorage({
        ...{ STORAGE_URL: `s3://${BUCKET}`, S3_ENDPOINT: server.url, AWS_REGION: 'us-east-1', S3_TAG_SOURCES: true },
        ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
      }),
    async close() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
