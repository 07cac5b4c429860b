import { Readable } from 'node:stream';
import { Upload } from 'tus-js-client';
import type { UploadOptions } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { breakingLine } from '../breaking-line.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { digest, idOf, MiB, someBytes, storedDigest, tus } from '../tus.ts';

describe.each(['files', 's3'] as const)('the reference client, on %s', (storage) => {
  let here: Installation;
  let api: RunningApi;
  let key: string;

  beforeAll(async () => {
    here = await install({ storage });
    api = await here.start();
    key = await here.key('editor');
  });
  afterAll(() => here.dispose());

  /** Uploads to the end; returns the upload's path. */
  async function send(source: Buffer | Readable, url: string, options: Partial<UploadOptions>): Promise<string> {
    return new Promise((resolve, reject) => {
      const upload = new Upload(source, {
        endpoint: `${url}/api/uploads`,
        headers: { authorization: `Bearer ${key}` },
        metadata: { filename: 'Ferien 2024.mp4', filetype: 'video/mp4' },
        onError: reject,
        onSuccess: () => resolve(new URL(upload.url ?? '').pathname),
        ...options,
      });
      upload.start();
    });
  }

  test('uploads a whole file, which begins its journey', async () => {
    const bytes = someBytes(5 * MiB + 1);
    const stream = Readable.from(pieces(bytes), { objectMode: false });
    const path = await send(stream, api.url, { chunkSize: 3 * MiB, uploadSize: bytes.length });
    expect(await storedDigest(here, path)).toBe(digest(bytes));
    const row = await here.db.upload.findUniqueOrThrow({
      where: { id: idOf(path) },
      include: { video: { include: { jobs: { include: { tasks: true } } } } },
    });
    expect(row).toMatchObject({ state: 'complete', offset: BigInt(bytes.length), fileName: 'Ferien 2024.mp4' });
    expect(row.video).toMatchObject({ state: 'processing', title: 'Ferien 2024.mp4' });
    expect(row.video?.jobs[0]?.tasks.map(({ stage, state }) => [stage, state])).toContainEqual(['probe', 'queued']);
  });

  test('goes on each time the line breaks, from where it was', async () => {
    const bytes = someBytes(21 * MiB + 7);
    const line = await breakingLine(api.url, [9 * MiB + 5, 4 * MiB, 100_000]);
    const starts: number[] = [];
    const path = await send(bytes, line.url, {
      retryDelays: [0, 0, 0],
      onBeforeRequest(request) {
        const offset = request.getHeader('Upload-Offset');
        if (offset !== undefined) starts.push(Number(offset));
      },
    });
    await line.close();
    expect(line.breaks).toBe(3);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
    // Everything that went up before a break counts.
    expect(starts[0]).toBe(0);
    expect(starts[1]).toBeGreaterThan(9 * MiB - 2_000);
    expect(starts[2]).toBeGreaterThan(13 * MiB - 2_000);
    // A try that comes before the broken one has let go is refused, and repeated from the same place.
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(new Set(starts).size).toBeLessThanOrEqual(4);
  });

  test('takes an upload back', async () => {
    const path = await tus(api, key).begin(10);
    await Upload.terminate(api.url + path, { headers: { authorization: `Bearer ${key}` } });
    expect((await tus(api, key).head(path)).status).toBe(410);
  });
});

/** In pieces that fit no boundary of ours. */
function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 99_991) yield bytes.subarray(at, at + 99_991);
}
