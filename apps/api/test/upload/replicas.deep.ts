import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProcess } from '../api-process.ts';
import type { ApiProcess } from '../api-process.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { CUT } from '../slow-request.ts';
import { digest, idOf, MiB, someBytes, storedDigest, tus } from '../tus.ts';

describe.each(['files', 's3'] as const)('two API processes over one %s storage', (storage) => {
  let here: Installation;
  let replicas: [ApiProcess, ApiProcess];
  let key: string;

  beforeAll(async () => {
    here = await install({ storage });
    replicas = await Promise.all([startProcess(here.env), startProcess(here.env)]);
    key = await here.key('editor');
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.end('SIGTERM')));
    await here.dispose();
  });

  test('PATCHes that alternate between them make one file, byte for byte', async () => {
    const sizes = [1, 3 * MiB, 8 * MiB, 5, 2 * MiB + 1, 8 * MiB - 1, 700_001];
    const bytes = someBytes(sizes.reduce((sum, size) => sum + size, 0));
    const path = await tus(replicas[0], key).begin(bytes.length);
    let offset = 0;
    for (const [turn, size] of sizes.entries()) {
      const [one, other] = turn % 2 === 0 ? replicas : replicas.toReversed();
      if (one === undefined || other === undefined) throw new Error('There are two of them.');
      const response = await tus(one, key).patch(path, offset, bytes.subarray(offset, offset + size));
      offset += size;
      expect([response.status, response.headers.get('upload-offset')]).toEqual([204, String(offset)]);
      expect(await tus(other, key).offset(path)).toBe(offset);
    }
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test('a concurrent PATCH gets 423, here and there, and does the first no harm', async () => {
    const bytes = someBytes(2 * MiB);
    const path = await tus(replicas[0], key).begin(bytes.length);
    const first = tus(replicas[0], key).slowPatch(path, 0, bytes.length);
    await first.write(bytes.subarray(0, MiB));
    await waitFor(() => here.db.uploadLock.findUnique({ where: { uploadId: idOf(path) } }));
    const others = await Promise.all(
      replicas.map(async (replica) => {
        const response = await tus(replica, key).patch(path, 0, bytes);
        const { code, retryable }: { code: string; retryable: boolean } = JSON.parse(await response.text());
        return { status: response.status, code, retryable };
      }),
    );
    const locked = { status: 423, code: 'upload_locked', retryable: true };
    expect(others).toEqual([locked, locked]);
    await first.write(bytes.subarray(MiB));
    first.end();
    expect((await first.answer).status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test('HEAD beside a writer at work is answered at once and leaves it alone', async () => {
    const bytes = someBytes(MiB);
    const path = await tus(replicas[0], key).begin(bytes.length);
    const writer = tus(replicas[0], key).slowPatch(path, 0, bytes.length);
    let sent = 0;
    const trickle = setInterval(() => {
      void writer.write(bytes.subarray(sent, sent + 1_000));
      sent += 1_000;
    }, 50);
    await waitFor(() => here.db.uploadLock.findUnique({ where: { uploadId: idOf(path) } }));
    const head = await tus(replicas[1], key).head(path);
    clearInterval(trickle);
    expect(head.status).toBe(200);
    await writer.write(bytes.subarray(sent));
    writer.end();
    expect((await writer.answer).status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test("another user's HEAD, PATCH and DELETE get 404, wherever they ask, and nothing happens", async () => {
    const bytes = someBytes(1_000);
    const path = await tus(replicas[0], key).begin(bytes.length);
    await tus(replicas[0], key).patch(path, 0, bytes.subarray(0, 10));
    const elsewhere = await here.workspace();
    const strangers = [await here.key('editor'), await here.key('admin', elsewhere), await here.key('viewer')];
    for (const stranger of strangers) {
      for (const replica of replicas) {
        const client = tus(replica, stranger);
        const answers = [await client.head(path), await client.patch(path, 10, bytes), await client.remove(path)];
        expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404]);
        const never = await client.patch(`${path.slice(0, -1)}x`, 10, bytes);
        const told = await Promise.all([answers[1], never].map(async (answer) => problemOf(await answer?.text())));
        expect(told[0]).toEqual(told[1]);
      }
    }
    expect(await tus(replicas[1], key).offset(path)).toBe(10);
    expect(await tus(replicas[1], await here.key('admin')).offset(path)).toBe(10);
  });

  test('a process killed in the middle of a PATCH takes nothing with it that was acknowledged', async () => {
    const bytes = someBytes(24 * MiB + 3);
    const [survivor, victim] = replicas;
    const path = await tus(victim, key).begin(bytes.length);
    await tus(victim, key).patch(path, 0, bytes.subarray(0, 5 * MiB));
    const writer = tus(victim, key).slowPatch(path, 5 * MiB, bytes.length - 5 * MiB);
    await writer.write(bytes.subarray(5 * MiB, 20 * MiB));
    const seen = await waitFor(async () => {
      const size = await stored(here, path);
      return size > 5 * MiB && size;
    });
    await victim.end('SIGKILL');
    await expect(writer.answer).rejects.toThrow(CUT);

    const offset = await tus(survivor, key).offset(path);
    expect(offset).toBeGreaterThanOrEqual(seen);
    expect(offset).toBeLessThanOrEqual(20 * MiB);
    expect((await tus(survivor, key).patch(path, offset, bytes.subarray(offset))).status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test('a process that is stopped keeps what came and makes way at once', async () => {
    const bytes = someBytes(20 * MiB);
    const [leaving] = replicas;
    const other = await here.start();
    const path = await tus(leaving, key).begin(bytes.length);
    const writer = tus(leaving, key).slowPatch(path, 0, bytes.length);
    await writer.write(bytes.subarray(0, 9 * MiB));
    const seen = await waitFor(async () => (await stored(here, path)) || undefined);
    const begun = performance.now();
    expect(await leaving.end('SIGTERM')).toBe(0);
    expect(performance.now() - begun).toBeLessThan(9_000);
    await expect(writer.answer).rejects.toThrow(CUT);
    const offset = await tus(other, key).offset(path);
    expect(offset).toBeGreaterThanOrEqual(seen);
    expect((await tus(other, key).patch(path, offset, bytes.subarray(offset))).status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });
});

/** How much of an upload is in storage already. */
function stored(here: Installation, path: string): Promise<number> {
  return here.storage.growing(`w/${here.workspaceId}/u/${idOf(path)}`, { expectedBytes: 1 }).size();
}

/** Without what differs from request to request. */
function problemOf(text = '{}'): object {
  const { requestId: _own, ...problem }: Record<string, unknown> = JSON.parse(text);
  return problem;
}
