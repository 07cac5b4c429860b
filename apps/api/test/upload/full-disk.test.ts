import { statfs } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { OverviewView } from '@transcode/contracts';
import { smallDisk, waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { refusal } from '../tus-refusal.ts';
import { CUT } from '../slow-request.ts';
import { digest, MiB, someBytes, storedDigest, tus } from '../tus.ts';
import type { TusClient } from '../tus.ts';

const DISK_MIB = 48;
const RESERVE_MIB = 16;

const disk = await smallDisk(DISK_MIB);
let here: Installation;
let api: RunningApi;
let client: TusClient;

const free = async (): Promise<number> => {
  const { bavail, bsize } = await statfs(disk?.path ?? '');
  return bavail * bsize;
};
const storageCheck = async (): Promise<unknown> => {
  const response = await fetch(`${api.url}/ready`);
  expect(response.status).toBe(200);
  const { checks }: { checks: { storage: unknown } } = JSON.parse(await response.text());
  return checks.storage;
};
const needs = async (): Promise<unknown[]> => {
  const headers = { authorization: `Bearer ${await here.key('operator')}` };
  const response = await fetch(`${api.url}/api/v1/overview`, { headers });
  return OverviewView.parse(await response.json()).needs;
};

/** A real disk, which only root may mount; the rest of what is refused has a test in packages/storage. */
describe.skipIf(disk === undefined)('on a disk of which a part stays free', () => {
  beforeAll(async () => {
    here = await install({
      env: { STORAGE_URL: pathToFileURL(disk?.path ?? '').href, DISK_RESERVE_MIB: String(RESERVE_MIB) },
    });
    api = await here.start();
    client = tus(api, await here.key('editor'));
  });
  afterAll(async () => {
    await here.dispose();
    await disk?.remove();
  });

  test('an upload that does not fit is refused when it is announced, and leaves nothing', async () => {
    const response = await client.create({ length: 40 * MiB, metadata: { filename: 'a.mp4' } });
    expect(await refusal(response)).toEqual([507, 'disk_reserved']);
    expect([await here.db.upload.count(), await here.db.video.count()]).toEqual([0, 0]);
  });

  test('bytes that would not fit are refused before they come, and while they come; what came is kept', async () => {
    const bytes = someBytes(20 * MiB);
    const path = await client.begin(bytes.length);
    await disk?.fill(20);
    const early = client.slowPatch(path, 0, bytes.length);
    expect((await early.answer).status).toBe(507);
    expect(await client.offset(path)).toBe(0);

    await disk?.fill(0);
    const writer = client.slowPatch(path, 0, bytes.length);
    await writer.write(bytes.subarray(0, 6 * MiB));
    await waitFor(async () => (await free()) < (DISK_MIB - 4) * MiB);
    await disk?.fill(20);
    // What is refused is not read for ever.
    const cut = await writer.write(bytes.subarray(6 * MiB)).then(
      () => undefined,
      (error: Error) => error.message,
    );
    expect(cut ?? 'EPIPE').toMatch(CUT);
    const answer = await writer.answer;
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      507,
      expect.objectContaining({
        code: 'disk_reserved',
        retryable: true,
        detail: expect.stringMatching(/16 MiB stay free/),
      }),
    ]);
    expect(await free()).toBeGreaterThanOrEqual(RESERVE_MIB * MiB);
    const kept = await client.offset(path);
    expect(kept).toBeGreaterThanOrEqual(4 * MiB);

    await disk?.fill(0);
    expect((await client.patch(path, kept, bytes.subarray(kept))).status).toBe(204);
    expect(await storedDigest(here, path)).toBe(digest(bytes));
  });

  test('it is told, by those who are ready all the same', async () => {
    expect(await storageCheck()).toEqual({ ok: true, ms: expect.any(Number) });
    const { freeBytes } = (await here.storage.room()) ?? { freeBytes: 0 };
    await disk?.fill(Math.ceil(freeBytes / MiB) - 8);
    expect(await storageCheck()).toMatchObject({
      ok: true,
      degraded: expect.stringMatching(/the storage has \d+ MiB/),
    });
    expect(await needs()).toContainEqual(
      expect.objectContaining({ kind: 'storageFull', severity: 'broken', reserveBytes: RESERVE_MIB * MiB }),
    );
    await disk?.fill(0);
    expect(await storageCheck()).not.toHaveProperty('degraded');
    expect(await needs()).not.toContainEqual(expect.objectContaining({ kind: 'storageFull' }));
  });
});
