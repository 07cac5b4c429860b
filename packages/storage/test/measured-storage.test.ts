import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { createMetrics } from '@transcode/telemetry';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { collectBody } from '../src/collect-body.ts';
import { openNamedStorage } from '../src/index.ts';
import { describeStorage } from './conformance.ts';
import { describeGrowing } from './growing-conformance.ts';
import { startTestS3, type TestS3 } from './s3-server.ts';

let root: string;
let s3: TestS3;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'transcode-measured-'));
  s3 = await startTestS3();
});
afterAll(async () => {
  await s3.close();
  await rm(root, { recursive: true, force: true });
});

const open = (): ReturnType<typeof openNamedStorage> => openNamedStorage({ STORAGE_URL: pathToFileURL(root).href });

describe('a storage that is measured', () => {
  describeStorage(open);
  describeGrowing(open);
});

test.each(['files', 's3'] as const)(
  'operations on %s are counted with their bytes, and what is not there is no error',
  async (kind) => {
    const metrics = createMetrics('worker');
    try {
      const storage = kind === 'files' ? open() : s3.openNamed();
      await storage.put('c/one', Buffer.alloc(1_000));
      await storage.put('c/two', Readable.from([Buffer.alloc(700), Buffer.alloc(300)]));
      await collectBody(await storage.get('c/one'));
      await collectBody(await storage.get('c/two', { start: 0, end: 99 }));
      await storage.read('c/two');
      await expect(storage.get('c/none')).rejects.toThrow('object');
      const growing = storage.growing('c/growing', { expectedBytes: 10 });
      await growing.append(0, Readable.from([Buffer.alloc(10)]));
      const { body } = await metrics.scrape();
      const valueOf = (series: string): number =>
        Number(
          body
            .split('\n')
            .find((line) => line.startsWith(`transcode_storage_${series} `))
            ?.split(' ')[1],
        );
      expect(valueOf(`operation_duration_seconds_count{kind="${kind}",operation="put"}`)).toBe(2);
      expect(valueOf(`operation_duration_seconds_count{kind="${kind}",operation="get"}`)).toBe(4);
      expect(valueOf(`bytes_total{kind="${kind}",direction="written"}`)).toBe(2_010);
      expect(valueOf(`bytes_total{kind="${kind}",direction="read"}`)).toBe(2_100);
      expect(valueOf(`errors_total{kind="${kind}",operation="get"}`)).toBe(0);
    } finally {
      metrics.close();
    }
  },
);

it('counts what failed', async () => {
  const metrics = createMetrics('worker');
  try {
    const storage = openNamedStorage({
      ...{ STORAGE_URL: 's3://nowhere/x', S3_ENDPOINT: 'http://127.0.0.1:9', AWS_REGION: 'us-east-1' },
      ...{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
    });
    await expect(storage.health()).rejects.toThrow('storage');
    const { body } = await metrics.scrape();
    expect(body).toContain('transcode_storage_errors_total{kind="s3",operation="health"} 1');
  } finally {
    metrics.close();
  }
});
