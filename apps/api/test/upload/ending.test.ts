import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { CUT } from '../slow-request.ts';
import { refusal } from '../tus-refusal.ts';
import { digest, idOf, someBytes, storedDigest, tus } from '../tus.ts';
import type { TusClient } from '../tus.ts';

let here: Installation;
let client: TusClient;

beforeAll(async () => {
  here = await install();
  const api = await here.start();
  client = tus(api, await here.key('editor'));
});
afterAll(() => here.dispose());

describe('an upload that is over', () => {
  test('whole: HEAD says so, PATCH has nothing to add, DELETE points to the video', async () => {
    const bytes = someBytes(10);
    const path = await client.begin(10);
    await client.patch(path, 0, bytes);
    const head = await client.head(path);
    expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([
      200,
      '10',
      '10',
    ]);
    expect(head.headers.get('upload-expires')).toBeNull();
    expect(head.headers.get('cache-control')).toBe('no-store');
    expect(await refusal(await client.patch(path, 0, bytes))).toEqual([409, 'conflict']);
    expect((await client.patch(path, 10, someBytes(0))).status).toBe(204);
    expect(await refusal(await client.patch(path, 10, someBytes(1)))).toEqual([413, 'payload_too_large']);
    expect(await refusal(await client.remove(path))).toEqual([409, 'conflict']);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
    expect(await here.db.job.count({ where: { video: { uploadId: idOf(path) } } })).toBe(1);
  });

  test('taken back: it is gone, its bytes too, and its video is canceled', async () => {
    const path = await client.begin(10);
    await client.patch(path, 0, someBytes(4));
    expect((await client.remove(path)).status).toBe(204);
    expect((await client.head(path)).status).toBe(410);
    expect(await refusal(await client.patch(path, 4, someBytes(6)))).toEqual([410, 'upload_canceled']);
    expect(await refusal(await client.remove(path))).toEqual([410, 'upload_canceled']);
    const row = await here.db.upload.findUniqueOrThrow({ where: { id: idOf(path) }, include: { video: true } });
    expect([row.state, row.video?.state]).toEqual(['canceled', 'canceled']);
    expect(await here.storage.growing(row.key, { expectedBytes: 10 }).size()).toBe(0);
  });

  test('taken back while it is being written to: the writer is stopped', async () => {
    const path = await client.begin(1_000);
    const writer = client.slowPatch(path, 0, 1_000);
    await writer.write(someBytes(500));
    await waitFor(() => here.db.uploadLock.findUnique({ where: { uploadId: idOf(path) } }));
    expect((await client.remove(path)).status).toBe(204);
    await expect(writer.answer).rejects.toThrow(CUT);
    expect((await client.head(path)).status).toBe(410);
  });

  test('too late: HEAD and PATCH get 410 at once, and the bytes are swept away', async () => {
    const path = await client.begin(10);
    await client.patch(path, 0, someBytes(4));
    await here.db.upload.update({ where: { id: idOf(path) }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect((await client.head(path)).status).toBe(410);
    expect(await refusal(await client.patch(path, 4, someBytes(6)))).toEqual([410, 'upload_expired']);
    const row = await waitFor(() =>
      here.db.upload.findFirst({ where: { id: idOf(path), state: 'expired' }, include: { video: true } }),
    );
    expect(row.video).toMatchObject({ state: 'canceled', failureCode: 'upload_expired' });
    await waitFor(async () => (await here.storage.growing(row.key, { expectedBytes: 10 }).size()) === 0);
    expect((await client.head(path)).status).toBe(410);
  });
});
