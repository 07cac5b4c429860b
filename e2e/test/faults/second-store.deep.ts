import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createDatabase, readCopyStatus, type Database } from '@transcode/db';
import { startStack, waitFor, type Stack } from '@transcode/testing';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../../src/client.ts';
import { databaseUrlOf } from '../../src/database-url.ts';
import { runTranscodeIn, startInstallation, type Installation } from '../../src/installation.ts';
import { TOOLS } from '../../src/tools.ts';

const run = promisify(execFile);
const PATIENCE = { timeout: 120_000, interval: 250 };
const FRAMES = 250;

/** The storage is lost, with all that was on it, and the installation goes on with the second store. */
describe('a second store', () => {
  let near: Stack;
  let far: Stack;
  let folder: string;
  let here: Installation;
  let db: Database;

  beforeAll(async () => {
    [near, far] = await Promise.all([startStack({ s3: true }), startStack({ s3: true })]);
    folder = await mkdtemp(path.join(tmpdir(), 'second-store-'));
    const { endpoint = '', region = '', accessKeyId = '', secretAccessKey = '' } = far.s3 ?? {};
    here = await startInstallation({
      options: ['--storage', near.storageUrl],
      settings: {
        ...accessTo(near),
        ...{ COPY_URL: far.storageUrl, COPY_S3_ENDPOINT: endpoint, COPY_S3_REGION: region },
        ...{ COPY_S3_ACCESS_KEY_ID: accessKeyId, COPY_S3_SECRET_ACCESS_KEY: secretAccessKey },
      },
    });
    db = createDatabase(await databaseUrlOf(here.data), { poolSize: 2 });
  }, 240_000);
  afterAll(async () => {
    await here.stop();
    await Promise.all([near.dispose(), far.dispose()]);
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  test('takes the place of the first: what was uploaded plays, and what was erased is not there', async () => {
    const client = new Client(here.url, await here.key('editor'));
    const steps = [[...inputs({ width: 640, height: 360, frames: FRAMES }), ...X264, ...AAC, '{}']];
    const source = await makeCase(
      TOOLS.ffmpeg,
      { name: 'kept', file: 'kept.mp4', steps, expect: { refused: '' } },
      folder,
    );
    const [kept, erased] = [await client.upload(source), await client.upload(source)];
    for (const id of [kept, erased]) expect((await client.ended(id)).state).toBe('ready');
    await untilAllIsThere();
    expect(await db.objectCopy.count({ where: { videoId: erased } })).toBeGreaterThan(5);
    await client.request(`/api/v1/videos/${erased}`, { method: 'DELETE' });
    await waitFor(
      async () => ((await db.objectCopy.count({ where: { videoId: erased } })) === 0 ? true : undefined),
      PATIENCE,
    );
    await untilAllIsThere();
    await db.$disconnect();

    expect((await here.transcode('down')).code).toBe(0);
    await near.dispose();
    const up = ['up', '--detach', '--data', here.data, '--port', new URL(here.url).port, '--storage', far.storageUrl];
    const started = await runTranscodeIn(folder, up, { settings: { ...accessTo(far), COPY_URL: '' } });
    expect([started.code, started.stderr]).toEqual([0, expect.any(String)]);

    const published = path.join(folder, 'published');
    await client.download(kept, published);
    expect(await framesOf(path.join(published, 'master.m3u8'))).toBe(FRAMES);
    const again = await client.upload(source);
    expect((await client.ended(again)).state).toBe('ready');
  }, 600_000);

  const untilAllIsThere = (): Promise<unknown> =>
    waitFor(async () => {
      const { lagSeconds, waitingObjects, removingObjects } = await readCopyStatus(db);
      return lagSeconds === 0 && waitingObjects + removingObjects === 0 ? true : undefined;
    }, PATIENCE);
});

function accessTo({ s3 }: Stack): Record<string, string> {
  return {
    ...{ S3_ENDPOINT: s3?.endpoint ?? '', AWS_REGION: s3?.region ?? '' },
    ...{ AWS_ACCESS_KEY_ID: s3?.accessKeyId ?? '', AWS_SECRET_ACCESS_KEY: s3?.secretAccessKey ?? '' },
  };
}

/** Decodes all of it; what is broken ends it. */
async function framesOf(playlist: string): Promise<number> {
  const argv = ['-v', 'error', '-xerror', '-progress', '-', '-i', playlist, '-map', '0:v:0', '-f', 'null', '-'];
  const { stdout } = await run(TOOLS.ffmpeg, argv);
  return Number([...stdout.matchAll(/^frame=(\d+)$/gm)].at(-1)?.[1]);
}
